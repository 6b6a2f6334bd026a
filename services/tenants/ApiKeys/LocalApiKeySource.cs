using Microsoft.EntityFrameworkCore;
using Platform.Access.ApiKeys;
using Platform.Tenancy;
using Platform.Tenants.Tenants;

namespace Platform.Tenants.ApiKeys;

/// <summary>Keys out of this service's own database; used in a scope of its own, whose caller it sets.</summary>
internal sealed class LocalApiKeySource(TenantsDbContext db, Caller caller, TimeProvider time) : IApiKeySource
{
    private static readonly TimeSpan UseResolution = TimeSpan.FromMinutes(1);

    public async Task<V1.Access?> FindAsync(ApiKeyText key, CancellationToken cancellationToken)
    {
        caller.ActAsSystem(key.TenantId, "api-keys");
        var now = time.GetUtcNow();
        var row = await db.ApiKeys.AsNoTracking().Include(found => found.Use).SingleOrDefaultAsync(found => found.Id == key.Id, cancellationToken);
        if (row is null || !row.Accepts(key, now))
            return null;
        if (row.Use is null || now - row.Use.Time >= UseResolution)
            await NoteUseAsync(row.Id, now, cancellationToken);
        var access = new V1.Access { TenantId = row.TenantId.ToString(), UserId = row.Id.ToString(), Permissions = { row.Permissions } };
        return access.Narrowed(await db.StandingAsync(cancellationToken));
    }

    // The key may have been deleted since it was read.
    private Task<int> NoteUseAsync(Guid id, DateTimeOffset now, CancellationToken cancellationToken) => db.InTransactionAsync(
        () => db.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO api_key_uses (tenant_id, api_key_id, time)
            SELECT tenant_id, id, {now} FROM api_keys WHERE tenant_id = {caller.RequiredTenantId} AND id = {id} FOR KEY SHARE
            ON CONFLICT (tenant_id, api_key_id) DO UPDATE SET time = greatest(api_key_uses.time, excluded.time)
            """,
            cancellationToken),
        cancellationToken);
}
