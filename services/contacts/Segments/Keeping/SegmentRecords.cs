using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Segments.Members;
using Platform.Filtering;

namespace Platform.Contacts.Segments.Keeping;

/// <summary>Makes those of some records members that pass, and those no longer that do not, in the open transaction, which holds the segment.</summary>
internal static class SegmentRecords
{
    /// <summary>Those of these ids.</summary>
    public static Task ApplyAsync(Segment segment, SegmentCondition condition, Guid[] ids, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken) =>
        ApplyAsync(segment, condition, id => ids.Contains(id), db, time, cancellationToken);

    /// <summary>Those whose ids lie within.</summary>
    public static async Task ApplyAsync(
        Segment segment, SegmentCondition condition, Expression<Func<Guid, bool>> within, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        // First: what is computed meanwhile passes, or is looked at again.
        var unknown = await UnknownAsync(segment, condition, db.Records(segment).Where(within), db, time, cancellationToken);
        var pass = (await condition.Ids.Where(within).ToListAsync(cancellationToken)).ToHashSet();
        var members = await MembersAsync(segment, within, db, cancellationToken);
        await Membership.RemoveAsync(db, segment, members.Where(id => !pass.Contains(id) && !unknown.Contains(id)), cancellationToken);
        await Membership.AddAsync(db, segment, pass.Where(id => !members.Contains(id)), cancellationToken);
    }

    /// <summary>Those that are not there any more leave.</summary>
    public static async Task RemoveGoneAsync(Segment segment, Guid[] ids, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var members = await MembersAsync(segment, id => ids.Contains(id), db, cancellationToken);
        if (members.Count == 0)
            return;
        var there = (await db.Records(segment).Where(id => members.Contains(id)).ToListAsync(cancellationToken)).ToHashSet();
        await Membership.RemoveAsync(db, segment, members.Where(id => !there.Contains(id)), cancellationToken);
    }

    // Those of the records of which a formula over roll-ups is not computed yet: it is in a moment, and they are looked at then, so
    // that nobody goes and comes for nothing.
    private static async Task<HashSet<Guid>> UnknownAsync(Segment segment, SegmentCondition condition, IQueryable<Guid> records, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (db.KnownIn(segment.Resource, condition.Fields) is not { Length: > 0 } known)
            return [];
        var bound = MemberKind.Find(segment.Resource)!.Bind(known, db, FilterContext.Of(db, time), strict: false);
        return bound.IsError ? [] : (await records.Where(id => !bound.Value.Ids.Contains(id)).ToListAsync(cancellationToken)).ToHashSet();
    }

    private static IQueryable<Guid> Records(this ContactsDbContext db, Segment segment) => MemberKind.Find(segment.Resource)!.Records(db);

    private static async Task<HashSet<Guid>> MembersAsync(Segment segment, Expression<Func<Guid, bool>> within, ContactsDbContext db, CancellationToken cancellationToken) =>
        (await db.SegmentMembers.Where(member => member.SegmentId == segment.Id).Select(member => member.RecordId).Where(within).ToListAsync(cancellationToken)).ToHashSet();
}
