using System.Collections.Frozen;

namespace Platform.Tenants.Roles;

/// <summary>The roles that every tenant has.</summary>
internal static class BuiltInRoles
{
    public const string Administrator = "administrator";
    public const string Sales = "sales";
    public const string Finance = "finance";
    public const string Support = "support";
    public const string Viewer = "viewer";

    private static readonly string[] Reading =
        ["tenants.read", "contacts.read", "deals.read", "finance.read", "communications.read", "automation.read", "metadata.read", "records.read", "pipelines.read", "inventory.read"];

    private static readonly string[] Everything =
        [.. Reading, "tenants.admin", "tenants.delete", "tenants.rates", "contacts.write", "contacts.import", "contacts.export", "deals.write", "deals.export", "deals.send", "finance.write", "finance.admin", "finance.export",
            "communications.send", "audit.read", "audit.export", "metadata.write", "records.write", "records.import", "records.export", "metadata.confidential", "pipelines.write", "inventory.write", "inventory.export", "search.admin"];

    public static readonly IReadOnlyList<Role> All =
    [
        new(Administrator, "Administrator", Everything),
        new(Sales, "Sales", [.. Reading, "contacts.write", "contacts.import", "deals.write", "deals.send", "communications.send", "records.write", "records.import"]),
        new(Finance, "Finance", [.. Reading, "tenants.rates", "finance.write", "finance.admin", "finance.export", "communications.send", "metadata.confidential"]),
        new(Support, "Support", ["tenants.read", "metadata.read", "contacts.read", "contacts.write", "deals.read", "pipelines.read", "communications.read", "communications.send"]),
        new(Viewer, "Viewer", Reading),
    ];

    /// <summary>Every permission that there is: an administrator has them all.</summary>
    public static readonly FrozenSet<string> AllPermissions = Everything.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Role> ByName = All.ToFrozenDictionary(role => role.Name, StringComparer.Ordinal);

    /// <summary>Null where there is no such role.</summary>
    public static Role? Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>What the roles grant together; a role that no longer exists grants nothing.</summary>
    public static IReadOnlyCollection<string> PermissionsOf(IEnumerable<string> roles) =>
        [.. roles.Select(Find).OfType<Role>().SelectMany(role => role.Permissions).Distinct().Order(StringComparer.Ordinal)];
}
