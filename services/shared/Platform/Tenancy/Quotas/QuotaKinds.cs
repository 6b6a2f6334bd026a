using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.Access;

namespace Platform.Tenancy.Quotas;

/// <summary>What of a service's model can be limited; worked out once for each model.</summary>
internal sealed class QuotaKinds
{
    /// <summary>What a module's limit of bytes is called, behind its name.</summary>
    public const string StorageSuffix = ".storage";

    private static readonly ConditionalWeakTable<IModel, QuotaKinds> Known = [];

    private QuotaKinds(IModel model)
    {
        IsLimited = model.FindEntityType(typeof(Quota)) is not null;
        Tables = model.GetEntityTypes()
            .Where(type => typeof(ProtectedEntity).IsAssignableFrom(type.ClrType))
            .ToDictionary(type => ResourceOf(type.ClrType).Info.Name, type => type.GetTableName()!, StringComparer.Ordinal);
        All = [.. TenantRows.TablesOf(model).Select(table => table.Name)];
    }

    /// <summary>Whether the service has quotas.</summary>
    public bool IsLimited { get; }

    /// <summary>The table of each kind of record that is counted.</summary>
    public IReadOnlyDictionary<string, string> Tables { get; }

    /// <summary>All tables with rows of tenants, which storage is measured of.</summary>
    public IReadOnlyList<string> All { get; }

    public static QuotaKinds Of(IModel model) => Known.TryGetValue(model, out var kinds) ? kinds : Known.GetValue(model, static key => new QuotaKinds(key));

    /// <summary>Whether the quota is one of bytes.</summary>
    public static bool IsStorage(string resource) => resource == CompanyLimits.Storage || resource.EndsWith(StorageSuffix, StringComparison.Ordinal);

    /// <summary>Whether a quota counts records of the kind: it is the kind's own, that of its module, or that of all.</summary>
    public static bool Covers(string resource, string kind) => kind == resource || resource == CompanyLimits.Rows || (kind.StartsWith(resource, StringComparison.Ordinal) && kind[resource.Length] == '.');

    /// <summary>Whether there is anything here that a quota of this service could limit.</summary>
    public bool Knows(string resource, string module) => !CompanyLimits.IsOne(resource) && (resource == module + StorageSuffix || Tables.Keys.Any(kind => Covers(resource, kind)));

    /// <summary>The number of the tenant's rows that a quota counts, as SQL; the tenant is the first parameter.</summary>
    public string Count(string resource) =>
        string.Join(" + ", Tables.Where(table => Covers(resource, table.Key)).Select(table => $"(SELECT count(*) FROM {table.Value} WHERE tenant_id = $1)"));

    private static ProtectedResource ResourceOf(Type entity) =>
        (ProtectedResource)entity.GetProperty("Resource", BindingFlags.Static | BindingFlags.Public)!.GetValue(null)!;
}
