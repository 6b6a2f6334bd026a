using System.Collections.Frozen;
using Platform.Access;

namespace Platform.Metadata.Objects;

/// <summary>What holds for objects as a whole.</summary>
internal static class ObjectRules
{
    /// <summary>Objects of one company, deleted ones that can be restored among them.</summary>
    public const int MaxObjects = 500;

    // What the platform itself calls things; objects of companies would be taken for them.
    private static readonly FrozenSet<string> Reserved = ResourceCatalogue.All.SelectMany(resource => new[] { resource.Name.Split('.')[1], resource.Module })
        .Concat(["people", "companies", "leads", "invoices", "activity", "activities", "email", "emails", "user", "users", "member", "members", "team", "teams", "role", "roles",
            "policy", "policies", "tenant", "tenants", "object", "objects", "record", "records", "field", "fields", "resource", "resources", "schema", "metadata", "access", "audit", "import", "export"])
        .ToFrozenSet(StringComparer.Ordinal);

    public static bool IsReserved(string key) => Reserved.Contains(key);
}
