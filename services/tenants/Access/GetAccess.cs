using System.Collections.Frozen;
using Platform.Errors;
using Platform.Tenancy;
using Platform.Tenants.Newcomers;

namespace Platform.Tenants.Access;

/// <summary>Read from the database and not from the cache: other services ask right after an event told them to.</summary>
internal static class GetAccess
{
    public static async Task<Result<V1.Access>> Handle(V1.GetAccessRequest request, TenantsDbContext db, Caller caller, NewcomerDoor door, TimeProvider time, CancellationToken cancellationToken)
    {
        var isCaller = request.UserId.Length == 0 || request.UserId == caller.Subject;
        // A service of the platform asks about those whom it tells of records, and about the person whose work it goes on with: it has no token of
        // theirs. By its own right to read, for whom it acts is only what it says itself.
        var isPlatform = caller.Kind == CallerKind.Service && caller.Permissions.Contains(Permissions.Read);
        if (!isCaller && !isPlatform && !caller.Permissions.Contains(Permissions.Admin))
            return Error.PermissionDenied(Permissions.Admin);
        if (!isCaller || caller.Kind is not (CallerKind.Service or CallerKind.ApiKey))
            return await db.AccessOfAsync(isCaller ? caller.Subject : request.UserId, isCaller ? door : null, time, cancellationToken);
        return new V1.Access
        {
            TenantId = $"{caller.TenantId}",
            UserId = caller.Subject,
            Permissions = { caller.Permissions.Order(StringComparer.Ordinal) },
            TenantState = caller.Standing.State,
            Modules = { (caller.Standing.Modules ?? FrozenSet<string>.Empty).Order(StringComparer.Ordinal) },
        };
    }
}
