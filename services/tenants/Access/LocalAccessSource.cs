using Platform.Access;
using Platform.Tenancy;
using Platform.Tenants.Newcomers;

namespace Platform.Tenants.Access;

/// <summary>Access of people out of this service's own database; used in a scope of its own, whose caller it sets.</summary>
internal sealed class LocalAccessSource(TenantsDbContext db, Caller caller, NewcomerDoor door, TimeProvider time) : IAccessSource
{
    public Task<V1.Access> GetAccessAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken)
    {
        caller.ActAsSystem(tenantId, "access");
        return db.AccessOfAsync(userId, door, time, cancellationToken);
    }
}
