using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Merging;
using Platform.Contacts.Segments.Members;

namespace Platform.Contacts.Segments.Keeping;

/// <summary>
/// Records that are gone leave static segments. One that became part of another one hands its place on, and has it back when the merge is
/// taken back. Each that leaves or comes back is told of once.
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
        var survivors = new Dictionary<Guid, Guid>();
        foreach (var id in members.Where(id => !there.Contains(id)))
        {
            // It may be part of a part by now.
            if (await db.SurvivorOfAsync(segment.Resource, id, cancellationToken) is { } survivor)
                survivors[id] = survivor;
        }

        await Membership.RemoveAsync(db, segment, members.Where(id => !there.Contains(id) && !survivors.ContainsKey(id)), cancellationToken);
        await Membership.LeaveAsync(db, segment, [.. survivors.Keys], cancellationToken);
        Guid[] heirs = [.. survivors.Values.Distinct()];
        await Membership.AddAsync(db, segment, await records.Where(id => heirs.Contains(id)).ToListAsync(cancellationToken), cancellationToken);
    }

    /// <summary>Records are there again: they have the places that were kept for them. The segments are held, as by all who decide on members.</summary>
    public static async Task BringBackAsync(ContactsDbContext db, string resource, Guid[] records, CancellationToken cancellationToken)
    {
        var segments = await db.Segments.AllHeld().AsNoTracking().ToListAsync(cancellationToken);
        foreach (var segment in segments.Where(segment => !segment.IsDynamic && segment.Resource == resource))
            await Membership.ComeBackAsync(db, segment, records, cancellationToken);
    }

    /// <summary>What they held cannot be given back any more.</summary>
    public static async Task ForgetAsync(ContactsDbContext db, IReadOnlyCollection<Guid> records, CancellationToken cancellationToken)
    {
        Guid[] ids = [.. records];
        Guid[] held = [.. await db.SegmentMembers.Where(member => ids.Contains(member.RecordId)).Select(member => member.SegmentId).Distinct().ToListAsync(cancellationToken)];
        foreach (var segment in await db.Segments.Where(segment => held.Contains(segment.Id)).AsNoTracking().OrderBy(segment => segment.Id).ToListAsync(cancellationToken))
            await Membership.RemoveAsync(db, segment, ids, cancellationToken);
    }
}
