namespace Platform.Records;

internal static class Permissions
{
    public const string Read = "records.read";
    public const string Write = "records.write";
    public const string Import = "records.import";
    public const string Export = "records.export";
}
