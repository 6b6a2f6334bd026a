using Microsoft.EntityFrameworkCore;

namespace Platform.Data;

/// <summary>Those who have begun to write and have not ended yet.</summary>
public static class OpenWriters
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Waits until everybody has ended who had begun to write in this database: who did not see what was committed before this call is
    /// then visible himself. Outside of a transaction only, which would see nothing new and be waited for by others.
    /// </summary>
    public static async Task WaitForWritersAsync(this PlatformDbContext db, CancellationToken cancellationToken)
    {
        // All of them have ended when none is older than now.
        var now = (await db.Database.SqlQueryRaw<string>("SELECT pg_current_xact_id()::text AS \"Value\"").ToListAsync(cancellationToken)).Single();
        using var timer = new PeriodicTimer(Look, db.Time);
        while (!(await db.Database.SqlQuery<bool>($"SELECT pg_snapshot_xmin(pg_current_snapshot()) > {now}::xid8 AS \"Value\"").ToListAsync(cancellationToken)).Single())
            await timer.WaitForNextTickAsync(cancellationToken);
    }
}
