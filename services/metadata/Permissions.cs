namespace Platform.Metadata;

internal static class Permissions
{
    public const string Read = "metadata.read";
    public const string Write = "metadata.write";
}
