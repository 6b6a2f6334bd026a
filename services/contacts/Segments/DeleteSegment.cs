using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Segments;

internal static class DeleteSegment
{
    public static async Task<Result<Empty>> Handle(V1.DeleteSegmentRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id) || await db.Segments.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } segment)
            return SegmentErrors.NotFound(request.Id);
        if (!segment.Matches(request.Etag))
            return Error.Stale("segment");
        // The database takes its members, and how far it was evaluated, away with it.
        db.Segments.Remove(segment);
        db.Publish(segment.Id, new V1.SegmentDeleted { Id = request.Id });
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : new Empty();
    }
}
