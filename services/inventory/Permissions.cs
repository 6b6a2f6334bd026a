namespace Platform.Inventory;

internal static class Permissions
{
    public const string Read = "inventory.read";
    public const string Write = "inventory.write";
    public const string Export = "inventory.export";
}
