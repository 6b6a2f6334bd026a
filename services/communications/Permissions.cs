namespace Platform.Communications;

internal static class Permissions
{
    public const string Read = "communications.read";
    public const string Send = "communications.send";
}
