using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields.Computing;
using Platform.CustomFields.V1;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using static Platform.Languages.Wording;

namespace Platform.CustomFields.Relations;

/// <summary>
/// Whether what relations lead to is there, and may be seen by who writes them: looked up when the value is written, not again
/// while it stays. Records of this service are asked for here, others by way of a <see cref="RelationLookup"/>.
/// </summary>
internal static class RelationCheck
{
    /// <summary>Refuses tracked changes that lead to nothing.</summary>
    public static Task CheckAsync(PlatformDbContext db, CancellationToken cancellationToken) => CheckAsync(
        db,
        [.. db.ChangeTracker.Entries<ProtectedEntity>()
            .Where(entry => entry.State is EntityState.Added or EntityState.Modified && entry.Entity.AccessResource().Info.HasCustomFields)
            .Select(entry => (entry.Entity, entry.State == EntityState.Added ? null : entry.OriginalValues[nameof(ResourceInfo.CustomFields)] as Struct))],
        cancellationToken);

    /// <summary>The same for new rows that are written around the change tracker.</summary>
    public static Task CheckAsync(PlatformDbContext db, IEnumerable<ProtectedEntity> rows, CancellationToken cancellationToken) =>
        CheckAsync(db, [.. rows.Select(row => (row, (Struct?)null))], cancellationToken);

    private static async Task CheckAsync(PlatformDbContext db, IReadOnlyCollection<(ProtectedEntity Row, Struct? Before)> rows, CancellationToken cancellationToken)
    {
        // What the platform does by itself only carries on what people wrote.
        if (db.Caller is not { CustomFields: { } fields, Kind: CallerKind.Person or CallerKind.ApiKey })
            return;
        var sought = rows.SelectMany(row => Sought(row.Row, row.Before, fields)).ToList();
        var violations = new List<FieldViolation>();
        foreach (var group in sought.GroupBy(target => target.Field.Definition.RelatedResource, StringComparer.Ordinal))
        {
            var found = await FindAsync(db, group.Key, [.. group.Select(target => target.Id).Distinct()], cancellationToken);
            violations.AddRange(group.Where(target => found?.Contains(target.Id) is false).Select(target => new FieldViolation(
                target.Path, Say($"There is no {Say(group.Key.Split('.')[1])} with id '{target.Id}' that you may see."))));
        }

        if (violations.Count > 0)
            throw Error.Invalid(violations).ToRpcException();
    }

    private static IEnumerable<(string Path, DefinedField Field, Guid Id)> Sought(ProtectedEntity row, Struct? before, TenantFields fields)
    {
        var info = row.AccessResource().Info;
        foreach (var field in fields.Of(info.Name).All.Where(field => field.Type == FieldType.Relation))
        {
            if (ComputedValues.Of(row)?.Fields.GetValueOrDefault(field.Key) is { } value && !value.Equals(before?.Fields.GetValueOrDefault(field.Key)) && Guid.TryParse(value.StringValue, out var id))
                yield return ($"{char.ToLowerInvariant(info.Message.Name[0])}{info.Message.Name[1..]}.customFields.{field.Key}", field, id);
        }
    }

    // Null where nobody here can tell.
    private static async Task<IReadOnlySet<Guid>?> FindAsync(PlatformDbContext db, string resource, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        if (db.Resources.Select(known => known.Find(resource)).FirstOrDefault(known => known is not null) is { } own)
        {
            var visible = await own.VisibleAsync(db, ids, cancellationToken);
            visible.UnionWith(db.ChangeTracker.Entries<ProtectedEntity>().Where(entry => entry.State == EntityState.Added && entry.Entity.AccessResource().Info.Name == resource).Select(entry => entry.Entity.Id));
            return visible;
        }

        if (db.Lookups.FirstOrDefault(lookup => lookup.Resource == resource) is not { } other)
            return null;
        var found = new HashSet<Guid>();
        foreach (var id in ids)
        {
            if (await other.FindAsync(id, cancellationToken))
                found.Add(id);
        }

        return found;
    }
}
