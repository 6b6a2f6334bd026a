using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Data;
using Platform.Errors;
using Platform.Tenants.Access;
using Platform.Tenants.Roles;

namespace Platform.Tenants.SupportAccess;

/// <summary>Changes of grants: in force everywhere when they are done, and told to the administrators.</summary>
internal static class SupportChanges
{
    /// <summary>Changes an open grant; what was cached of the tenant's people is void afterwards.</summary>
    public static Task<Result<V1.SupportGrant>> ChangeGrantAsync(
        this TenantsDbContext db, AccessDirectory directory, TimeProvider time, string id, Func<SupportGrant, DateTimeOffset, Task<Error?>> change, CancellationToken cancellationToken) =>
        db.ChangeAccessAsync(directory, async () => await ChangeAsync(db, time.GetUtcNow(), id, change, cancellationToken), cancellationToken);

    /// <summary>Tells the administrators what became of the grant, when and only when it is saved.</summary>
    public static async Task PublishAsync(this TenantsDbContext db, SupportGrant grant, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var administrators = await db.Members.AsNoTracking().Where(member => member.Roles.Contains(BuiltInRoles.Administrator)).ToListAsync(cancellationToken);
        db.Publish(grant.Id, new V1.SupportAccessChanged
        {
            Grant = grant.ToMessage(now),
            Administrators =
            {
                administrators.Select(member => new V1.SupportAccessChanged.Types.Administrator { UserId = member.Id.ToString(), Email = member.Email, DisplayName = member.DisplayName }),
            },
        });
    }

    private static async Task<Result<V1.SupportGrant>> ChangeAsync(
        TenantsDbContext db, DateTimeOffset now, string id, Func<SupportGrant, DateTimeOffset, Task<Error?>> change, CancellationToken cancellationToken)
    {
        if (await db.FindGrantAsync(id, cancellationToken) is not { } grant)
            return SupportRules.NotFound(id);
        if (!grant.IsOpen(now))
            return SupportRules.Closed;
        if (await change(grant, now) is { } refused)
            return refused;
        await db.PublishAsync(grant, now, cancellationToken);
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : grant.ToMessage(now);
    }
}
