using Platform.Data;
using Platform.Errors;
using Platform.Tenants.V1;

namespace Platform.Access.Records;

/// <summary>What questions about records of other services have in common.</summary>
internal static class RecordQuestion
{
    public static readonly Error NoId = Error.Invalid("records.ids", "Use the id of a resource (a UUID).");

    /// <summary>The ids; null where one of them is none.</summary>
    public static List<Guid>? Read(IEnumerable<string> texts)
    {
        var ids = texts.Select(text => Guid.TryParse(text, out var id) ? id : (Guid?)null).ToList();
        return ids.Contains(null) ? null : [.. ids.OfType<Guid>()];
    }

    /// <summary>The kind of that name; null where this service has none, or the caller's roles let read none of it.</summary>
    public static ProtectedResource? Find(string name, PlatformDbContext db, IEnumerable<ProtectedResource> resources)
    {
        var kind = resources.Select(resource => resource.Find(name)).FirstOrDefault(found => found is not null);
        return kind is not null
            && db.Caller.Permissions.Contains((ResourceCatalogue.Find(name) ?? kind.Info).PermissionFor(AccessAction.Read))
            && (kind.Info.Rows.Length == 0 || db.Caller.CustomFields?.HasObject(name) is true)
            ? kind
            : null;
    }

    /// <summary>Who looks after the records; of those that nobody looks after nothing is told.</summary>
    public static async Task<IEnumerable<RecordOwner>> OwnersAsync(this ProtectedResource kind, PlatformDbContext db, IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        from row in await kind.LoadAsync(db, ids, cancellationToken)
        where row.OwnerId is not null
        select new RecordOwner { Resource = kind.Info.Name, Id = row.Id.ToString(), UserId = row.OwnerId.ToString() };
}
