using Microsoft.EntityFrameworkCore;
using Platform.Tenancy;

namespace Platform.Tenants.SignIns;

/// <summary>
/// One process at a time takes the journal. What two took at once would be the same rows twice, which the keys refuse; the lease
/// only spares the work.
/// </summary>
internal sealed class JournalLease(IServiceScopeFactory scopes, TimeProvider time)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private readonly Guid _holder = Guid.NewGuid();

    /// <summary>Until when the journal has been taken; null while another process is at it.</summary>
    public async Task<DateTimeOffset?> TakeAsync(DateTimeOffset beginning, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await using var scope = Open(out var db);
        var rows = await db.Database.SqlQuery<DateTimeOffset>(
            $"""
            INSERT INTO journal_cursors AS known (tenant_id, taken_until, holder, lease_until) VALUES ({Installation.Id}, {beginning}, {_holder}, {now + Lease})
            ON CONFLICT (tenant_id) DO UPDATE SET holder = {_holder}, lease_until = {now + Lease} WHERE known.holder = {_holder} OR known.lease_until <= {now}
            RETURNING taken_until AS "Value"
            """).ToListAsync(cancellationToken);
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>Everything until then is here. False where the lease was lost meanwhile: whoever has it now takes it again.</summary>
    public async Task<bool> AdvanceAsync(DateTimeOffset until, CancellationToken cancellationToken)
    {
        await using var scope = Open(out var db);
        return await db.Database.ExecuteSqlAsync(
            $"UPDATE journal_cursors SET taken_until = {until}, lease_until = {time.GetUtcNow() + Lease} WHERE tenant_id = {Installation.Id} AND holder = {_holder}",
            cancellationToken) == 1;
    }

    /// <summary>Another process may go on.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        await using var scope = Open(out var db);
        await db.Database.ExecuteSqlAsync(
            $"UPDATE journal_cursors SET lease_until = {time.GetUtcNow()} WHERE tenant_id = {Installation.Id} AND holder = {_holder}", cancellationToken);
    }

    private AsyncServiceScope Open(out TenantsDbContext db)
    {
        var scope = scopes.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(Installation.Id, "sign-ins");
        db = scope.ServiceProvider.GetRequiredService<TenantsDbContext>();
        return scope;
    }
}
