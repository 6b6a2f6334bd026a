using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Platform.Events;

namespace Platform.Contacts.Segments.Members;

/// <summary>Makes records members of a segment, or takes them out, and tells of those that were not, or were; in the open transaction, which holds the segment.</summary>
internal static class Membership
{
    private const int BatchSize = 5_000;

    /// <summary>How many were none before.</summary>
    public static async Task<int> AddAsync(ContactsDbContext db, Segment segment, IEnumerable<Guid> records, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var ids in records.Chunk(BatchSize))
        {
            var added = await db.Database.SqlQuery<Guid>(
                $"""
                INSERT INTO segment_members (tenant_id, segment_id, record_id, create_time)
                SELECT {db.Caller.RequiredTenantId}, {segment.Id}, id, now() FROM unnest({ids}) AS id
                ON CONFLICT (tenant_id, segment_id, record_id) DO NOTHING RETURNING record_id AS "Value"
                """).ToListAsync(cancellationToken);
            await TellAsync(db, added, id => new V1.SegmentMemberAdded { SegmentId = $"{segment.Id}", Resource = segment.Resource, RecordId = $"{id}" }, cancellationToken);
            count += added.Count;
        }

        return count;
    }

    /// <summary>How many were members before.</summary>
    public static async Task<int> RemoveAsync(ContactsDbContext db, Segment segment, IEnumerable<Guid> records, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var ids in records.Chunk(BatchSize))
        {
            var removed = await db.Database.SqlQuery<Guid>(
                $"""
                WITH gone AS (DELETE FROM segment_members WHERE tenant_id = {db.Caller.RequiredTenantId} AND segment_id = {segment.Id} AND record_id = ANY({ids}) RETURNING record_id, leave_time)
                SELECT record_id AS "Value" FROM gone WHERE leave_time IS NULL
                """).ToListAsync(cancellationToken);
            await TellAsync(db, removed, id => new V1.SegmentMemberRemoved { SegmentId = $"{segment.Id}", Resource = segment.Resource, RecordId = $"{id}" }, cancellationToken);
            count += removed.Count;
        }

        return count;
    }

    /// <summary>They became part of other records: their places are kept.</summary>
    public static async Task LeaveAsync(ContactsDbContext db, Segment segment, Guid[] records, CancellationToken cancellationToken)
    {
        var left = await db.Database.SqlQuery<Guid>(
            $"""
            UPDATE segment_members SET leave_time = now()
            WHERE tenant_id = {db.Caller.RequiredTenantId} AND segment_id = {segment.Id} AND record_id = ANY({records}) AND leave_time IS NULL RETURNING record_id AS "Value"
            """).ToListAsync(cancellationToken);
        await TellAsync(db, left, id => new V1.SegmentMemberRemoved { SegmentId = $"{segment.Id}", Resource = segment.Resource, RecordId = $"{id}" }, cancellationToken);
    }

    /// <summary>They are records of their own again.</summary>
    public static async Task ComeBackAsync(ContactsDbContext db, Segment segment, Guid[] records, CancellationToken cancellationToken)
    {
        var back = await db.Database.SqlQuery<Guid>(
            $"""
            UPDATE segment_members SET leave_time = NULL
            WHERE tenant_id = {db.Caller.RequiredTenantId} AND segment_id = {segment.Id} AND record_id = ANY({records}) AND leave_time IS NOT NULL RETURNING record_id AS "Value"
            """).ToListAsync(cancellationToken);
        await TellAsync(db, back, id => new V1.SegmentMemberAdded { SegmentId = $"{segment.Id}", Resource = segment.Resource, RecordId = $"{id}" }, cancellationToken);
    }

    private static Task TellAsync(ContactsDbContext db, List<Guid> ids, Func<Guid, IMessage> message, CancellationToken cancellationToken) =>
        ids.Count == 0 ? Task.CompletedTask : db.PublishManyAsync(ids.Select(id => (id, message(id))), cancellationToken);
}
