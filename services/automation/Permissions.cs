namespace Platform.Automation;

internal static class Permissions
{
    public const string Read = "automation.read";
}
