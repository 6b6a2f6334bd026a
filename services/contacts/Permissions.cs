namespace Platform.Contacts;

internal static class Permissions
{
    public const string Read = "contacts.read";
    public const string Write = "contacts.write";
    public const string Import = "contacts.import";
    public const string Export = "contacts.export";
}
