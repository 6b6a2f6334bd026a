using Microsoft.Extensions.DependencyInjection;
using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.V1;
using static Platform.Languages.Wording;

namespace Platform.Access.Records;

/// <summary>
/// Says who of many people may read which records at this moment: each is asked of in a scope that works as that person, by the same
/// engine as every list, so that nobody hears of a record that they could not open.
/// </summary>
internal sealed class FilterViewers(UnitOfWork unit, IEnumerable<ProtectedResource> resources, CustomFieldDirectory fields, AccessDirectory directory, IServiceScopeFactory scopes)
{
    /// <summary>How many people one question may name.</summary>
    public const int MaxUsers = 500;

    /// <summary>How many records one question may name.</summary>
    public const int MaxRecords = 20;

    private const string Right = "tenants.read";

    public async Task<Result<FilterViewersResponse>> HandleAsync(FilterViewersRequest request, CancellationToken cancellationToken)
    {
        var db = unit.Context;
        if (db.Caller is not { Kind: CallerKind.Service, TenantId: not null } || !db.Caller.Permissions.Contains(Right))
            return Error.PermissionDenied(Right);
        if (request.UserIds.Count > MaxUsers || request.Records.Sum(records => records.Ids.Count) > MaxRecords)
            return Error.Invalid("records", Say($"Name at most {MaxRecords} records and {MaxUsers} people."));
        if (request.Records.Any(records => RecordQuestion.Read(records.Ids) is null) || RecordQuestion.Read(request.UserIds) is not { } users)
            return RecordQuestion.NoId;
        await fields.LoadAsync(db.Caller, cancellationToken);
        var response = new FilterViewersResponse();
        if (request.WithOwners)
        {
            foreach (var records in request.Records)
            {
                if (RecordQuestion.Find(records.Resource, db, resources) is { } kind)
                    response.Owners.AddRange(await kind.OwnersAsync(db, RecordQuestion.Read(records.Ids)!, cancellationToken));
            }
        }

        foreach (var user in users.Concat(response.Owners.Select(owner => Guid.Parse(owner.UserId))).Distinct())
        {
            if (await AskAsync(user, request, db.Caller, cancellationToken) is { Records.Count: > 0 } viewer)
                response.Viewers.Add(viewer);
        }

        return response;
    }

    private async Task<Viewer?> AskAsync(Guid user, FilterViewersRequest request, Caller service, CancellationToken cancellationToken)
    {
        var (tenant, token) = (service.RequiredTenantId, service.BearerToken ?? "");
        var access = await directory.GetAsync(tenant, user.ToString(), token, cancellationToken);
        if (access.Permissions.Count == 0 || access.Standing.IsSuspended)
            return null;
        await using var scope = scopes.CreateAsyncScope();
        var person = scope.ServiceProvider.GetRequiredService<Caller>();
        person.SignIn(tenant, user.ToString(), token, access);
        var db = scope.ServiceProvider.GetRequiredService<UnitOfWork>().Context;
        await fields.LoadAsync(person, cancellationToken);
        var viewer = new Viewer { UserId = user.ToString() };
        foreach (var records in request.Records)
        {
            if (RecordQuestion.Find(records.Resource, db, resources) is not { } kind)
                continue;
            var visible = await kind.VisibleAsync(db, RecordQuestion.Read(records.Ids)!, alone: true, cancellationToken);
            if (visible.Count > 0)
                viewer.Records.Add(new RecordIds { Resource = records.Resource, Ids = { visible.Select(id => id.ToString()) } });
            var prefix = $"{records.Resource}.";
            viewer.Fields.AddRange(request.Fields.Where(field => field.StartsWith(prefix, StringComparison.Ordinal) && person.CanRead(kind.Info, field[prefix.Length..])));
        }

        return viewer;
    }
}
