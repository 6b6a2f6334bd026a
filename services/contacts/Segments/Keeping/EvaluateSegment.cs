using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Segments.Members;
using Platform.Filtering;

namespace Platform.Contacts.Segments.Keeping;

/// <summary>
/// Applies an expression to all records, some at a time in the order of their ids: within such a range, the members are made those that
/// pass. Each range is read while the segment is held, so that a change of a record is seen here or looked at later.
/// </summary>
internal static class EvaluateSegment
{
    private const int PageSize = 5_000;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(10);

    /// <summary>When it is looked at again what is still being counted.</summary>
    public static readonly TimeSpan WhileCounting = TimeSpan.FromSeconds(5);

    /// <summary>When it is due where it is at its beginning: who had begun to write by then may not have known of it, and has to end before.</summary>
    public static Task<DateTimeOffset?> BeginsAsync(ContactsDbContext db, Guid id, CancellationToken cancellationToken) =>
        db.SegmentRuns.Where(row => row.SegmentId == id && row.Cursor == null).Select(row => row.DueTime).SingleOrDefaultAsync(cancellationToken);

    /// <summary>The next range; what is left to do.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="id">The segment.</param>
    /// <param name="begins">When what begins now was due, after all have ended who had begun to write by then; where another begins, nothing is done yet.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public static async Task<SegmentStep> PageAsync(ContactsDbContext db, Guid id, DateTimeOffset? begins, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.Segments.Held(id).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } segment
            || await db.SegmentRuns.SingleOrDefaultAsync(row => row.SegmentId == id, cancellationToken) is not { } run)
            return SegmentStep.Done;
        if (run.Cursor is null && run.DueTime != begins)
            return SegmentStep.More;
        // By the clock that says what is due.
        var now = await db.Database.SqlQuery<DateTimeOffset>($"SELECT now() AS \"Value\"").SingleAsync(cancellationToken);
        var kind = MemberKind.Find(segment.Resource)!;
        var bound = kind.Bind(segment.Filter, db, FilterContext.Of(db, time, segment.TimeZone) with { Now = now }, strict: false);
        if (bound.IsError)
            run.Break(now);
        var isCounted = bound.IsError || await db.AreCountedAsync(bound.Value.Fields, cancellationToken);
        if (!isCounted)
            run.Wait(now + WhileCounting);
        else if (!bound.IsError)
            await ApplyAsync(segment, run, kind, bound.Value, now, db, time, cancellationToken);
        var step = !isCounted ? SegmentStep.Later : run.Cursor is not null ? SegmentStep.More : SegmentStep.Done;
        await db.SaveChangesAsync(cancellationToken);
        return step;
    }

    private static async Task ApplyAsync(Segment segment, SegmentRun run, MemberKind kind, SegmentCondition condition, DateTimeOffset now, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var records = kind.Records(db);
        if (run.Cursor is null)
            run.Count(await records.LongCountAsync(cancellationToken), now);
        var from = run.Cursor ?? Guid.Empty;
        var page = await records.Where(id => id > from).OrderBy(id => id).Take(PageSize).ToListAsync(cancellationToken);
        var isLast = page.Count < PageSize;
        // The last range has no end: members whose record is gone are behind it, or within one.
        Guid? last = isLast ? null : page[^1];
        await SegmentRecords.ApplyAsync(segment, condition, id => id > from && (last == null || id <= last), db, time, cancellationToken);
        if (isLast)
            run.End(now, SegmentFilters.NextChange(condition.Filter, condition.Fields, segment.TimeZone, run.BeginTime ?? now));
        else
            run.Advance(page[^1], page.Count, now + Lease);
    }
}

/// <summary>What is left to do of an expression.</summary>
internal enum SegmentStep
{
    /// <summary>Nothing.</summary>
    Done,

    /// <summary>Another range.</summary>
    More,

    /// <summary>All of it, when what it reads is counted.</summary>
    Later,
}
