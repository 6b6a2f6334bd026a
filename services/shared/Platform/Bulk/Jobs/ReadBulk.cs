using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Paging;
using static Platform.Languages.Wording;

namespace Platform.Bulk;

/// <summary>Tells of jobs.</summary>
internal static class ReadBulk
{
    public static async Task<Result<V1.ListBulkJobsResponse>> ListAsync(V1.ListBulkJobsRequest request, PlatformDbContext db, BulkOptions options, CancellationToken cancellationToken)
    {
        var page = await db.Own().ToPageAsync(request.PageSize, request.PageToken, "", cancellationToken);
        return page.IsError ? page.Error : new V1.ListBulkJobsResponse { BulkJobs = { page.Value.Items.Select(job => job.ToMessage(options.UndoWithin)) }, NextPageToken = page.Value.NextPageToken };
    }

    public static async Task<Result<V1.BulkJob>> GetAsync(V1.GetBulkJobRequest request, PlatformDbContext db, BulkOptions options, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.Own().AsNoTracking().SingleOrDefaultAsync(job => job.Id == id, cancellationToken) is { } job
            ? job.ToMessage(options.UndoWithin) : BulkErrors.NotFound(request.Id);

    public static async Task<Result<V1.ListBulkJobItemsResponse>> ListItemsAsync(V1.ListBulkJobItemsRequest request, PlatformDbContext db, CancellationToken cancellationToken)
    {
        if (request.PageSize is < 0 or > Pages.MaxSize)
            return Error.Invalid("pageSize", Say($"Use 1 to {Pages.MaxSize}, or leave it out for {Pages.DefaultSize}."));
        if (!System.Enum.IsDefined(request.Outcome))
            return Error.Invalid("outcome", "There is no such outcome.");
        var query = $"{request.BulkJobId} {request.Outcome}";
        var after = Guid.Empty;
        if (request.PageToken.Length > 0 && !PageToken.TryDecode(request.PageToken, query, out after))
            return Error.Invalid("pageToken", "Use the nextPageToken of the same list with the same filter, unchanged.");
        if (!Guid.TryParse(request.BulkJobId, out var id) || !await db.Own().AnyAsync(job => job.Id == id, cancellationToken))
            return BulkErrors.NotFound(request.BulkJobId);
        var (size, outcome) = (request.PageSize == 0 ? Pages.DefaultSize : request.PageSize, request.Outcome);
        var items = await db.Set<BulkItem>().AsNoTracking()
            .Where(item => item.JobId == id && item.RecordId > after && (outcome == V1.BulkOutcome.Unspecified || item.Outcome == outcome))
            .OrderBy(item => item.RecordId).Take(size + 1).Select(item => new BulkItem { RecordId = item.RecordId, Outcome = item.Outcome, Code = item.Code, Message = item.Message }).ToListAsync(cancellationToken);
        return new V1.ListBulkJobItemsResponse
        {
            Items = { items.Take(size).Select(item => item.ToMessage()) },
            NextPageToken = items.Count > size ? PageToken.Encode(items[size - 1].RecordId, query) : "",
        };
    }
}
