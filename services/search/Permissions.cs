namespace Platform.Search;

internal static class Permissions
{
    public const string Admin = "search.admin";
}
