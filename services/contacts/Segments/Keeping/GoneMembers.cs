using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Segments.Members;

namespace Platform.Contacts.Segments.Keeping;

/// <summary>
/// Records that are gone leave static segments. One that became part of another one hands its place on, and keeps it for the time in which
/// the merge can be taken back.
/// </summary>
internal static class GoneMembers
{
    public static async Task RemoveAsync(ContactsDbContext db, Segment segment, Guid[] ids, CancellationToken cancellationToken)
    {
        var members = await db.SegmentMembers.Where(member => member.SegmentId == segment.Id && ids.Contains(member.RecordId)).Select(member => member.RecordId).ToListAsync(cancellationToken);
        if (members.Count == 0)
            return;
        var records = MemberKind.Find(segment.Resource)!.Records(db);
        var there = (await records.Where(id => members.Contains(id)).ToListAsync(cancellationToken)).ToHashSet();
        var merged = await db.MergedRecords.AsNoTracking().Where(record => members.Contains(record.Id) && record.Resource == segment.Resource)
            .ToDictionaryAsync(record => record.Id, record => record.SurvivorId, cancellationToken);
        await Membership.RemoveAsync(db, segment, members.Where(id => !there.Contains(id) && !merged.ContainsKey(id)), cancellationToken);
        Guid[] survivors = [.. merged.Where(pair => !there.Contains(pair.Key)).Select(pair => pair.Value).Distinct()];
        await Membership.AddAsync(db, segment, await records.Where(id => survivors.Contains(id)).ToListAsync(cancellationToken), cancellationToken);
    }

    /// <summary>What they held cannot be given back any more.</summary>
    public static Task<int> ForgetAsync(ContactsDbContext db, IReadOnlyCollection<Guid> records, CancellationToken cancellationToken) =>
        db.SegmentMembers.Where(member => records.Contains(member.RecordId)).ExecuteDeleteAsync(cancellationToken);
}
