using Platform.Access.Fields;
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
            if (RecordQuestion.Read(records.Ids) is not { } ids)
                return RecordQuestion.NoId;
            if (RecordQuestion.Find(records.Resource, db, resources) is not { } kind)
                continue;
            var visible = await kind.VisibleAsync(db, ids, alone: false, cancellationToken);
            response.Records.Add(new Tenants.V1.RecordIds { Resource = records.Resource, Ids = { visible.Select(id => id.ToString()) } });
            if (request.WithOwners && db.Caller.CanRead(kind.Info, "owner_id"))
                response.Owners.AddRange(await kind.OwnersAsync(db, visible, cancellationToken));
        }

        return response;
    }
}
