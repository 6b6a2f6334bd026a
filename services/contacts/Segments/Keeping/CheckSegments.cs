using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Segments.Members;
using Platform.Filtering;

namespace Platform.Contacts.Segments.Keeping;

/// <summary>Looks at the records that were written: which segments they come into, and which they leave.</summary>
internal static class CheckSegments
{
    private const int BatchSize = 2_000;

    /// <summary>Does the claimed check, and others of the tenant with it. The segments are held before a record is read, so that nobody writes down what he saw earlier.</summary>
    public static async Task<int> RunAsync(ContactsDbContext db, Guid claimed, TimeProvider time, CancellationToken cancellationToken)
    {
        var checks = await db.Database.SqlQuery<Written>(
            $"""
            DELETE FROM segment_checks WHERE tenant_id = {db.Caller.RequiredTenantId} AND (id = {claimed} OR id IN (
                SELECT id FROM segment_checks WHERE tenant_id = {db.Caller.RequiredTenantId} AND due_time <= now() ORDER BY due_time LIMIT {BatchSize} FOR UPDATE SKIP LOCKED))
            RETURNING resource, record_id
            """).ToListAsync(cancellationToken);
        var segments = await db.Segments.AllHeld().AsNoTracking().ToListAsync(cancellationToken);
        foreach (var group in checks.GroupBy(check => check.Resource, check => check.RecordId))
        {
            Guid[] ids = [.. group.Distinct()];
            foreach (var segment in segments)
                await CheckAsync(segment, group.Key, ids, db, time, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        return checks.Count;
    }

    private static async Task CheckAsync(Segment segment, string noted, Guid[] ids, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var (resource, isLinked) = SegmentCheck.Read(noted);
        var isOfKind = segment.Resource == resource || resource == SegmentScripts.AnyKind;
        if (!segment.IsDynamic)
        {
            if (isOfKind && !isLinked)
                await GoneMembers.RemoveAsync(db, segment, ids, cancellationToken);
            return;
        }

        // One that no longer fits the company's fields keeps its members.
        var bound = MemberKind.Find(segment.Resource)!.Bind(segment.Filter, db, FilterContext.Of(db, time, segment.TimeZone), strict: false);
        if (bound.IsError)
            return;
        if (isOfKind)
            await ApplyAsync(segment, bound.Value, ids, db, time, cancellationToken);
        // Whoever was noted because of another record was not written: an expression goes to one record and no further.
        if (!isLinked && (bound.Value.RelatedKinds.Contains(resource) || (resource == SegmentScripts.AnyKind && bound.Value.RelatedKinds.Count > 0)))
            await NoteLinkedAsync(segment, bound.Value, ids, db, time, cancellationToken);
    }

    private static async Task ApplyAsync(Segment segment, SegmentCondition condition, Guid[] ids, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.AreCountedAsync(condition.Fields, cancellationToken))
        {
            await SegmentRecords.ApplyAsync(segment, condition, ids, db, time, cancellationToken);
            return;
        }

        // Nobody passes while that is being counted: all are looked at when it is done. Whoever is gone leaves now.
        await SegmentRecords.RemoveGoneAsync(segment, ids, db, cancellationToken);
        if (await db.SegmentRuns.SingleOrDefaultAsync(run => run.SegmentId == segment.Id, cancellationToken) is { } run)
            run.Begin(time.GetUtcNow());
    }

    // The records that name one of these are looked at next.
    private static async Task NoteLinkedAsync(Segment segment, SegmentCondition condition, Guid[] ids, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var kind = MemberKind.Find(segment.Resource)!;
        foreach (var (link, some) in condition.Links.SelectMany(link => ids.Chunk(FilterLimits.Terms / 2).Select(some => (link, some))))
        {
            var bound = kind.Bind($"{link} : ({string.Join(" OR ", some.Select(id => $"\"{id}\""))})", db, FilterContext.Of(db, time), strict: false);
            if (bound.IsError)
                continue;
            var linked = await bound.Value.Ids.ToListAsync(cancellationToken);
            if (linked.Count == 0)
                continue;
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO segment_checks (tenant_id, id, resource, record_id, due_time)
                SELECT {db.Caller.RequiredTenantId}, gen_random_uuid(), {SegmentCheck.LinkedOf(segment.Resource)}, id, now() FROM unnest({linked}) AS id
                """, cancellationToken);
        }
    }

    private sealed record Written(string Resource, Guid RecordId);
}
