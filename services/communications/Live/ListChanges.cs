using Microsoft.EntityFrameworkCore;
using Platform.Communications.V1;
using Platform.Errors;

namespace Platform.Communications.Live;

internal static class ListChanges
{
    private const int Most = 500;

    public static async Task<Result<ListChangesResponse>> Handle(ListChangesRequest request, CommunicationsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (LiveRules.Refusal(db.Caller) is { } refusal)
            return refusal;
        var oldest = time.GetUtcNow() - LiveRows.Retention;
        var latest = await db.LiveBatches.OrderByDescending(row => row.Cursor).Take(Most).AsNoTracking().ToListAsync(cancellationToken);
        var kept = latest.Where(row => row.CreateTime >= oldest).ToList();
        var cursor = latest.Count == 0 ? 0 : latest[0].Cursor;
        return new ListChangesResponse
        {
            Batches = { kept.Where(row => row.Cursor > request.AfterCursor).Reverse().Select(row => row.ToMessage()) },
            Cursor = cursor,
            CompleteAfter = kept.Count == 0 ? cursor : kept[^1].Cursor - 1,
        };
    }
}
