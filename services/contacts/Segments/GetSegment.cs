using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Segments.Keeping;
using Platform.Errors;

namespace Platform.Contacts.Segments;

internal static class GetSegment
{
    public static async Task<Result<V1.Segment>> Handle(V1.GetSegmentRequest request, ContactsDbContext db, CancellationToken cancellationToken) =>
        await db.FindSegmentAsync(request.Id, cancellationToken) is { } segment
            ? segment.ToMessage(await db.SegmentRuns.AsNoTracking().SingleOrDefaultAsync(row => row.SegmentId == segment.Id, cancellationToken))
            : SegmentErrors.NotFound(request.Id);
}
