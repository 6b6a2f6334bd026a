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

    /// <summary>The next range; whether there is another one.</summary>
    public static async Task<bool> PageAsync(ContactsDbContext db, Guid id, TimeProvider time, CancellationToken cancellationToken)
    {
        if (await db.Segments.Held(id).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } segment
            || await db.SegmentRuns.SingleOrDefaultAsync(row => row.SegmentId == id, cancellationToken) is not { } run)
            return false;
        // By the clock that says what is due.
        var now = await db.Database.SqlQuery<DateTimeOffset>($"SELECT now() AS \"Value\"").SingleAsync(cancellationToken);
        var kind = MemberKind.Find(segment.Resource)!;
        var bound = kind.Bind(segment.Filter, db, FilterContext.Of(db, time, segment.TimeZone) with { Now = now }, strict: false);
        if (bound.IsError)
            run.Break(now);
        else
            await ApplyAsync(segment, run, kind, bound.Value, now, db, cancellationToken);
        var isMore = run.Cursor is not null;
        await db.SaveChangesAsync(cancellationToken);
        return isMore;
    }

    private static async Task ApplyAsync(Segment segment, SegmentRun run, MemberKind kind, SegmentCondition condition, DateTimeOffset now, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var records = kind.Records(db);
        if (run.Cursor is null)
            run.Total = await records.LongCountAsync(cancellationToken);
        var from = run.Cursor ?? Guid.Empty;
        var page = await records.Where(id => id > from).OrderBy(id => id).Take(PageSize).ToListAsync(cancellationToken);
        var isLast = page.Count < PageSize;
        // The last range has no end: members whose record is gone are behind it, or within one.
        Guid? last = isLast ? null : page[^1];
        var pass = (await condition.Ids.Where(id => id > from && (last == null || id <= last)).ToListAsync(cancellationToken)).ToHashSet();
        var members = (await db.SegmentMembers.Where(member => member.SegmentId == segment.Id && member.RecordId > from && (last == null || member.RecordId <= last))
            .Select(member => member.RecordId).ToListAsync(cancellationToken)).ToHashSet();
        await Membership.RemoveAsync(db, segment, members.Where(id => !pass.Contains(id)), cancellationToken);
        await Membership.AddAsync(db, segment, pass.Where(id => !members.Contains(id)), cancellationToken);
        if (isLast)
            run.End(now, SegmentFilters.NextChange(condition.Filter, condition.Fields, segment.TimeZone, now));
        else
            run.Advance(page[^1], page.Count, now + Lease);
    }
}
