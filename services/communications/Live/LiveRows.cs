using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;

namespace Platform.Communications.Live;

/// <summary>The rows of batches. The next cursor is taken under a lock of the company, so that who has read one has read all before it.</summary>
internal static class LiveRows
{
    /// <summary>How long a batch is kept.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromMinutes(10);

    /// <summary>Writes them in one transaction, and lets what is too old go; the latest stays, for the cursor goes on from there.</summary>
    public static async Task<IReadOnlyList<V1.ChangeBatch>> AddAsync(
        this CommunicationsDbContext db, IEnumerable<IReadOnlyList<V1.Change>> batches, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var tenant = db.Caller.RequiredTenantId;
        var written = new List<V1.ChangeBatch>();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({$"live {tenant}"}, 0))", cancellationToken);
        var cursor = await db.LiveBatches.MaxAsync(row => (long?)row.Cursor, cancellationToken) ?? 0;
        foreach (var changes in batches)
        {
            cursor++;
            await db.Database.ExecuteSqlAsync(
                $"INSERT INTO live_batches (tenant_id, cursor, changes, create_time) VALUES ({tenant}, {cursor}, {LiveBatch.Write(changes)}, {now})", cancellationToken);
            written.Add(new V1.ChangeBatch { Cursor = cursor, Time = now.ToTimestamp(), Changes = { changes } });
        }

        var oldest = now - Retention;
        await db.LiveBatches.Where(row => row.CreateTime < oldest && row.Cursor < cursor).ExecuteDeleteAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return written;
    }
}
