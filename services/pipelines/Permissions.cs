namespace Platform.Pipelines;

internal static class Permissions
{
    public const string Read = "pipelines.read";
    public const string Write = "pipelines.write";
}
