namespace Platform.Communications;

internal static class Permissions
{
    public const string Read = "communications.read";
    public const string Send = "communications.send";

    /// <summary>Of the gateways' own account only.</summary>
    public const string Watch = "communications.watch";
}
