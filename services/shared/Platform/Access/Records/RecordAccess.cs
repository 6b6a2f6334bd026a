using Platform.Access.Fields;
using Platform.Access.V1;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using static Platform.Languages.Wording;

namespace Platform.Access.Records;

/// <summary>What the access service of each domain answers; one for all of them.</summary>
public sealed class RecordAccess
{
    private readonly PlatformDbContext _db;
    private readonly IReadOnlyList<ProtectedResource> _resources;
    private readonly IAccessSource _source;

    internal RecordAccess(UnitOfWork unit, IEnumerable<ProtectedResource> resources, IAccessSource source) =>
        (_db, _resources, _source) = (unit.Context, [.. resources], source);

    /// <summary>Explains a decision.</summary>
    public async Task<Result<ExplainAccessResponse>> ExplainAsync(ExplainAccessRequest request, CancellationToken cancellationToken)
    {
        if (Find(request.Resource) is not { } resource)
            return UnknownResource;
        if (AccessActions.Find(request.Action) is not { } action)
            return Error.Invalid("action", Say($"Use one of {string.Join(", ", AccessActions.Names)}."));
        if (request.Field.Length > 0 && !FieldPaths.Exists(resource.Info.Message, request.Field))
            return Error.Invalid("field", Say($"{resource.Info.Name} has no field '{request.Field}'."));
        var isAdministrator = _db.Caller.Permissions.Contains(Administration);
        if (_db.Caller.TenantId is null || (!IsCaller(request.User) && !isAdministrator))
            return Error.PermissionDenied(Administration);
        var access = await AccessOfAsync(request.User, cancellationToken);
        // Who may read none of them is not told which there are: no record changes what the answer is.
        if (request.Id.Length == 0 || (!isAdministrator && !_db.Caller.Permissions.Contains(resource.Info.PermissionFor(AccessAction.Read))))
            return Explanation.Of(resource, access, action, resource.DecideWithoutRecord(access, action), request.Field);
        return Guid.TryParse(request.Id, out var id) && await resource.FindAsync(_db, id, isAdministrator, cancellationToken) is { } row
            ? Explanation.Of(resource, access, action, resource.Decide(access, action, row, _db.FilterContext with { User = access.Variables }), request.Field)
            : Error.NotFound(resource.Info.Name, request.Id);
    }

    /// <summary>Tells who has a record by a share.</summary>
    public async Task<Result<ListSharesResponse>> ListAsync(ListSharesRequest request, CancellationToken cancellationToken)
    {
        var found = await LoadAsync(request.Resource, request.Id, cancellationToken);
        return found.IsError ? found.Error : Shares.Of(found.Value);
    }

    /// <summary>Shares a record.</summary>
    public Task<Result<ListSharesResponse>> ShareAsync(ShareRecordRequest request, CancellationToken cancellationToken) =>
        request.Share is { Level: ShareLevel.Read or ShareLevel.Write }
            ? ChangeAsync(request.Resource, request.Id, request.Share, request.Share.Level, cancellationToken)
            : Task.FromResult<Result<ListSharesResponse>>(Error.Invalid("share.level", "Name the level: SHARE_LEVEL_READ or SHARE_LEVEL_WRITE."));

    /// <summary>Takes a share back.</summary>
    public Task<Result<ListSharesResponse>> UnshareAsync(UnshareRecordRequest request, CancellationToken cancellationToken) =>
        ChangeAsync(request.Resource, request.Id, request.Share, ShareLevel.Unspecified, cancellationToken);

    private const string Administration = "tenants.admin";

    private static readonly Error UnknownResource = Error.Invalid("resource", "There is no such resource in this domain.");

    private async Task<Result<ListSharesResponse>> ChangeAsync(string resource, string id, Share? share, ShareLevel level, CancellationToken cancellationToken)
    {
        if (Shares.KeyOf(share) is not { } key)
            return Error.Invalid("share", "Name the userId or the teamId (a UUID) to share with.");
        var found = await LoadAsync(resource, id, cancellationToken);
        if (found.IsError)
            return found.Error;
        var (readers, writers) = (found.Value.Readers, found.Value.Writers);
        if (!Shares.TrySet(found.Value, key, level))
            return Error.Precondition("TOO_MANY_SHARES", Say($"A record is shared with {Shares.MaxShares} at most: share it with a team."));
        // What is as it was is not written: an issued document refuses a change that changes nothing.
        if (readers.SequenceEqual(found.Value.Readers) && writers.SequenceEqual(found.Value.Writers))
            return Shares.Of(found.Value);
        found.Value.UpdateTime = _db.Time.GetUtcNow();
        return await _db.TrySaveChangesAsync(cancellationToken) is { } error ? error : Shares.Of(found.Value);
    }

    private async Task<Result<ProtectedEntity>> LoadAsync(string resource, string id, CancellationToken cancellationToken)
    {
        if (Find(resource) is not { } known)
            return UnknownResource;
        if (id.Length == 0)
            return Error.Invalid("id", "Name the record.");
        return Guid.TryParse(id, out var key) && await known.FindAsync(_db, key, everything: false, cancellationToken) is { } row ? row : Error.NotFound(resource, id);
    }

    private async Task<PersonAccess> AccessOfAsync(string user, CancellationToken cancellationToken)
    {
        var caller = _db.Caller;
        if (IsCaller(user))
            return caller.Access ?? new PersonAccess(new Tenants.V1.Access { UserId = caller.Subject, Permissions = { caller.Permissions } });
        return new PersonAccess(await _source.GetAccessAsync(caller.RequiredTenantId, user, caller.BearerToken ?? "", cancellationToken));
    }

    private bool IsCaller(string user) => user.Length == 0 || user == _db.Caller.Subject;

    private ProtectedResource? Find(string name) => _resources.Select(resource => resource.Find(name)).FirstOrDefault(found => found is not null && IsInUse(found.Info));

    // Of objects that companies define only those of the caller's company are there.
    private bool IsInUse(ResourceInfo resource) => resource.Rows.Length == 0 || _db.Caller.CustomFields?.HasObject(resource.Name) is true;
}
