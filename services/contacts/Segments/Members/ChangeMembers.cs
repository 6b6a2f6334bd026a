using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Events;

namespace Platform.Contacts.Segments.Members;

/// <summary>Changes the members of a static segment: the records are read when it is held, so that one that is deleted meanwhile does not stay.</summary>
internal static class ChangeMembers
{
    public static async Task<Result<Empty>> RunAsync(
        string segmentId, ChosenRecords records, string action, Func<Segment, IReadOnlyList<Guid>, Task<int>> change, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time,
        CancellationToken cancellationToken)
    {
        if (await db.Segments.Held(Guid.Parse(segmentId)).AsNoTracking().SingleOrDefaultAsync(cancellationToken) is not { } segment)
            return SegmentErrors.NotFound(segmentId);
        if (segment.IsDynamic)
            return SegmentErrors.Dynamic;
        var ids = await records.FindAsync(db, MemberKind.Find(segment.Resource)!, fields, time, cancellationToken);
        if (ids.IsError)
            return ids.Error;
        if (await change(segment, ids.Value) is var count and > 0)
            db.Audit(action, "contacts.segment", segmentId, after: new Struct { Fields = { ["records"] = Value.ForNumber(count) } });
        await db.SaveChangesAsync(cancellationToken);
        return new Empty();
    }
}
