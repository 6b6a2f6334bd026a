using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields.Computing;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;

namespace Platform.CustomFields.Relations;

/// <summary>
/// Whether what relations lead to is there, and may be seen by who writes them: looked up when the value is written, not again
/// while it stays. Records of this service are asked for here, others by way of a <see cref="RelationLookup"/>.
/// </summary>
internal static class RelationCheck
{
    private const int AskedAtOnce = 8;

    // New rows that were found good before their save.
    private static readonly ConditionalWeakTable<ProtectedEntity, object> Good = [];

    /// <summary>Refuses tracked changes that lead to nothing.</summary>
    public static async Task CheckAsync(PlatformDbContext db, CancellationToken cancellationToken)
    {
        var sought = Written(db).Where(row => row.Before is not null || !Good.TryGetValue(row.Row, out _));
        if (await FindFaultAsync(db, sought.Select(row => (row.Row, row.Before, NounOf(row.Row))), cancellationToken) is { } fault)
            throw fault.ToRpcException();
    }

    /// <summary>The same for new rows that are written around the change tracker.</summary>
    public static async Task CheckAsync(PlatformDbContext db, IEnumerable<ProtectedEntity> rows, CancellationToken cancellationToken)
    {
        if (await FindFaultAsync(db, rows.Select(row => (row, (Struct?)null, NounOf(row))), cancellationToken) is { } fault)
            throw fault.ToRpcException();
    }

    /// <summary>What is wrong with new rows, named from where each stands; those that are good are not asked for again.</summary>
    public static async Task<Error?> FindFaultAsync(PlatformDbContext db, IReadOnlyCollection<(ProtectedEntity Row, string Place)> rows, CancellationToken cancellationToken)
    {
        var fault = await FindFaultAsync(db, rows.Select(row => (row.Row, (Struct?)null, row.Place)), cancellationToken);
        foreach (var (row, _) in fault is null ? rows : [])
            Good.AddOrUpdate(row, row);
        return fault;
    }

    /// <summary>What is wrong with relations that are to be written into many records of a kind, as the caller sees what they lead to.</summary>
    public static Task<Error?> FindFaultAsync(PlatformDbContext db, ResourceInfo kind, Struct values, string place, CancellationToken cancellationToken) =>
        FindFaultAsync(db, fields => Sought(kind.Name, values, null, $"{place}.{NounOf(kind)}", fields), cancellationToken);

    /// <summary>What the relations of a row lead to that is given back was looked up when they were written.</summary>
    public static void Trust(ProtectedEntity row) => Good.AddOrUpdate(row, row);

    /// <summary>The tracked rows that are about to be written, each with the custom fields that it had; null for a new one.</summary>
    public static IReadOnlyCollection<(ProtectedEntity Row, Struct? Before)> Written(PlatformDbContext db) =>
    [
        .. db.ChangeTracker.Entries<ProtectedEntity>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified && entry.Entity.AccessResource().Info.HasCustomFields)
            .Select(entry => (entry.Entity, entry.State == EntityState.Added ? null : entry.OriginalValues[nameof(ResourceInfo.CustomFields)] as Struct)),
    ];

    private static Task<Error?> FindFaultAsync(PlatformDbContext db, IEnumerable<(ProtectedEntity Row, Struct? Before, string Place)> rows, CancellationToken cancellationToken) =>
        FindFaultAsync(db, fields => rows.SelectMany(row => Sought(row.Row.AccessResource().Info.Name, ComputedValues.Of(row.Row), row.Before, row.Place, fields)), cancellationToken);

    private static async Task<Error?> FindFaultAsync(PlatformDbContext db, Func<TenantFields, IEnumerable<(string Path, DefinedField Field, Guid Id)>> seek, CancellationToken cancellationToken)
    {
        // What the platform does by itself only carries on what people wrote.
        if (db.Caller is not { CustomFields: { } fields, Kind: CallerKind.Person or CallerKind.ApiKey })
            return null;
        var sought = seek(fields).ToList();
        var violations = new List<FieldViolation>();
        foreach (var group in sought.GroupBy(target => target.Field.Definition.RelatedResource, StringComparer.Ordinal))
        {
            var found = await FindAsync(db, group.Key, [.. group.Select(target => target.Id).Distinct()], cancellationToken);
            violations.AddRange(group.Where(target => found?.Contains(target.Id) is false).Select(target => RelationErrors.Astray(target.Path, group.Key, target.Id)));
        }

        return violations.Count > 0 ? Error.Invalid(violations) : null;
    }

    private static IEnumerable<(string Path, DefinedField Field, Guid Id)> Sought(string resource, Struct? values, Struct? before, string place, TenantFields fields) =>
        from field in fields.Of(resource).All
        where field.Definition.IsRelation()
        from id in RelationValues.Of(values, field.Key).Except(RelationValues.Of(before, field.Key))
        select ($"{place}.customFields.{field.Key}", field, id);

    private static string NounOf(ProtectedEntity row) => NounOf(row.AccessResource().Info);

    private static string NounOf(ResourceInfo kind) => kind.Message.Name is var name ? $"{char.ToLowerInvariant(name[0])}{name[1..]}" : "";

    // Null where nobody here can tell.
    private static async Task<IReadOnlySet<Guid>?> FindAsync(PlatformDbContext db, string resource, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (db.Resources.Select(known => known.Find(resource)).FirstOrDefault(known => known is not null) is { } own)
        {
            var visible = await own.VisibleAsync(db, ids, alone: false, cancellationToken);
            visible.UnionWith(db.ChangeTracker.Entries<ProtectedEntity>().Where(entry => entry.State == EntityState.Added && entry.Entity.AccessResource().Info.Name == resource).Select(entry => entry.Entity.Id));
            return visible;
        }

        if (db.Lookups.FirstOrDefault(lookup => lookup.Resource == resource) is not { } other)
            return null;
        var found = new HashSet<Guid>();
        foreach (var some in ids.Chunk(AskedAtOnce))
        {
            var there = await Task.WhenAll(some.Select(id => other.FindAsync(id, cancellationToken)));
            found.UnionWith(some.Zip(there).Where(one => one.Second).Select(one => one.First));
        }

        return found;
    }
}
