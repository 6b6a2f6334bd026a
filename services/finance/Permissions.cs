namespace Platform.Finance;

internal static class Permissions
{
    public const string Read = "finance.read";
    public const string Write = "finance.write";
    public const string Admin = "finance.admin";
    public const string Export = "finance.export";
}
