namespace Platform.Deals;

internal static class Permissions
{
    public const string Read = "deals.read";
    public const string Write = "deals.write";
    public const string Export = "deals.export";
    public const string Send = "deals.send";
}
