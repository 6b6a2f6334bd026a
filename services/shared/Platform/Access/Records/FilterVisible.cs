using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Access.Records;

/// <summary>Says which of many records the caller may read, by the same engine as every list: for services that have copies of them.</summary>
internal static class FilterVisible
{
    /// <summary>How many records one question may name.</summary>
    public const int MaxIds = 1_000;

    public static async Task<Result<Tenants.V1.FilterVisibleResponse>> Handle(
        Tenants.V1.FilterVisibleRequest request, PlatformDbContext db, IEnumerable<ProtectedResource> resources, CustomFieldDirectory fields, CancellationToken cancellationToken)
    {
        // Who may do nothing here is no member, whatever the token says.
        if (db.Caller.TenantId is null || db.Caller.Permissions.Count == 0)
            return Error.PermissionDenied("tenants.read");
        if (request.Records.Sum(records => records.Ids.Count) > MaxIds)
            return Error.Invalid("records", Say($"Name at most {MaxIds} records."));
        var response = new Tenants.V1.FilterVisibleResponse();
        // Filters of policies read the company's own fields, and of its own objects only those in use are there.
        await fields.LoadAsync(db.Caller, cancellationToken);
        foreach (var records in request.Records)
        {
            var ids = records.Ids.Select(id => Guid.TryParse(id, out var key) ? key : (Guid?)null).ToList();
            if (ids.Contains(null))
                return Error.Invalid("records.ids", "Use the id of a resource (a UUID).");
            if (Find(records.Resource, db, resources) is not { } kind)
                continue;
            var visible = await kind.VisibleAsync(db, [.. ids.OfType<Guid>()], cancellationToken);
            response.Records.Add(new Tenants.V1.RecordIds { Resource = records.Resource, Ids = { visible.Select(id => id.ToString()) } });
        }

        return response;
    }

    private static ProtectedResource? Find(string name, PlatformDbContext db, IEnumerable<ProtectedResource> resources)
    {
        var kind = resources.Select(resource => resource.Find(name)).FirstOrDefault(found => found is not null);
        return kind is not null
            && db.Caller.Permissions.Contains((ResourceCatalogue.Find(name) ?? kind.Info).PermissionFor(AccessAction.Read))
            && (kind.Info.Rows.Length == 0 || db.Caller.CustomFields?.HasObject(name) is true)
            ? kind
            : null;
    }
}
