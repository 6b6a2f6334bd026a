using System.Data;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Data;
using Platform.Tenancy;
using Finding = Platform.Audit.V1.Finding;
using FindingKind = Platform.Audit.V1.FindingKind;

namespace Platform.Auditing;

/// <summary>
/// Walks a tenant's chain and computes every hash anew from what the tables hold, each time in one snapshot and not longer than
/// a call may take.
/// </summary>
internal static class ChainVerifier
{
    private const string Links = """
        SELECT s.sequence, s.entry_id, s.previous_hash, s.hash, e.content_hash, e.time, e.actor_kind, e.actor, e.on_behalf_of, e.operation, e.trace_id,
            e.client_address, e.resource, e.resource_id, e.action, e.before::text, e.after::text
        FROM audit_seals s LEFT JOIN audit_entries e ON e.tenant_id = s.tenant_id AND e.id = s.entry_id
        WHERE s.tenant_id = $1 AND s.sequence > $2 ORDER BY s.sequence
        """;

    // What the sealer would find is waiting; what it would not has been slipped in past the trigger.
    private const string Unlinked = """
        SELECT e.id FROM audit_entries e
        WHERE e.tenant_id = $1
          AND NOT EXISTS (SELECT FROM audit_seals s WHERE s.tenant_id = e.tenant_id AND s.entry_id = e.id)
          AND NOT EXISTS (SELECT FROM audit_unsealed u WHERE u.tenant_id = e.tenant_id AND u.entry_id = e.id)
        ORDER BY e.id LIMIT 1
        """;

    private const string Waiting = "SELECT count(*) FROM audit_unsealed WHERE tenant_id = $1";

    private const int CheckTimeEvery = 4096;

    // Half of what calls between services are given.
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(15);

    /// <summary>What the chain holds, and the first thing that is wrong with it.</summary>
    public static async Task<Audit.V1.ChainReport> VerifyAsync(
        PlatformDbContext db, string service, Audit.V1.VerifyLogRequest request, CancellationToken cancellationToken)
    {
        // One snapshot: what is sealed meanwhile is sealed for both tables or for none.
        await using var snapshot = db.Database.CurrentTransaction is null
            ? await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellationToken) : null;
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        var tenant = db.Caller.RequiredTenantId;
        var report = new Audit.V1.ChainReport { Service = service };
        var head = request.AfterSequence == 0
            ? new ChainHead(0, EntryHash.OfBeginning(service, tenant)) : new ChainHead(request.AfterSequence, Convert.FromHexString(request.AfterHash));
        var started = Stopwatch.GetTimestamp();
        await foreach (var (link, entry) in ReadAsync(connection, tenant, head.Sequence, cancellationToken))
        {
            if (Judge(head, link, entry) is { } finding)
            {
                report.Finding = finding;
                break;
            }

            head = new ChainHead(link.Sequence, link.Hash);
            report.Partial = head.Sequence % CheckTimeEvery == 0 && Stopwatch.GetElapsedTime(started) > Turn;
            if (report.Partial)
                break;
        }

        (report.Sequence, report.Hash) = (head.Sequence, Convert.ToHexStringLower(head.Hash));
        report.Waiting = await ScalarAsync<long>(connection, Waiting, tenant, cancellationToken);
        if (report.Finding is null && !report.Partial && await ScalarAsync<Guid?>(connection, Unlinked, tenant, cancellationToken) is { } unlinked)
            report.Finding = new Finding { Kind = FindingKind.Inserted, EntryId = unlinked.ToString() };
        return report;
    }

    private static Finding? Judge(ChainHead head, AuditSeal link, AuditEntry? entry)
    {
        if (link.Sequence != head.Sequence + 1)
            return new Finding { Kind = FindingKind.LinkMissing, Sequence = head.Sequence + 1 };
        if (entry is null)
            return Of(FindingKind.Removed);
        var content = EntryHash.OfContent(entry);
        if (!content.AsSpan().SequenceEqual(entry.ContentHash))
            return Of(FindingKind.Changed);
        return link.PreviousHash.AsSpan().SequenceEqual(head.Hash) && link.Hash.AsSpan().SequenceEqual(EntryHash.OfLink(head.Hash, link.Sequence, content))
            ? null
            : Of(FindingKind.LinkBroken);

        Finding Of(FindingKind kind) => new() { Kind = kind, Sequence = link.Sequence, EntryId = link.EntryId.ToString() };
    }

    private static async IAsyncEnumerable<(AuditSeal Link, AuditEntry? Entry)> ReadAsync(
        NpgsqlConnection connection, Guid tenant, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // As long as the chain is: the caller's deadline ends it.
        await using var command = new NpgsqlCommand(Links, connection) { Parameters = { new() { Value = tenant }, new() { Value = after } }, CommandTimeout = 0 };
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        while (await row.ReadAsync(cancellationToken))
        {
            var link = new AuditSeal
            {
                Sequence = row.GetInt64(0),
                EntryId = row.GetGuid(1),
                PreviousHash = row.GetFieldValue<byte[]>(2),
                Hash = row.GetFieldValue<byte[]>(3),
            };
            yield return (link, row.IsDBNull(4) ? null : Entry(row, tenant, link.EntryId));
        }
    }

    private static AuditEntry Entry(NpgsqlDataReader row, Guid tenant, Guid id) => new()
    {
        TenantId = tenant,
        Id = id,
        ContentHash = row.GetFieldValue<byte[]>(4),
        Time = row.GetFieldValue<DateTimeOffset>(5),
        // A kind that does not exist makes a content that was never hashed.
        ActorKind = Enum.TryParse<CallerKind>(row.GetString(6), out var kind) ? kind : (CallerKind)(-1),
        Actor = row.GetString(7),
        OnBehalfOf = row.GetString(8),
        Operation = row.GetString(9),
        TraceId = row.GetString(10),
        ClientAddress = row.GetString(11),
        Resource = row.GetString(12),
        ResourceId = row.GetString(13),
        Action = row.GetString(14),
        Before = row.IsDBNull(15) ? null : row.GetString(15),
        After = row.IsDBNull(16) ? null : row.GetString(16),
    };

    private static async Task<T?> ScalarAsync<T>(NpgsqlConnection connection, string sql, Guid tenant, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = tenant } }, CommandTimeout = 0 };
        return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
    }
}
