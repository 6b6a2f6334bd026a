using Platform.Errors;
using Platform.Paging;

namespace Platform.Pipelines.Pipelines;

internal static class ListPipelines
{
    public static async Task<Result<V1.ListPipelinesResponse>> Handle(V1.ListPipelinesRequest request, PipelinesDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        await db.EnsureDefaultAsync(time, cancellationToken);
        var rows = db.Pipelines.Where(row => request.ShowArchived || row.ArchiveTime == null);
        var page = await rows.ToPageAsync(request.PageSize, request.PageToken, $"{request.ShowArchived}", cancellationToken);
        if (page.IsError)
            return page.Error;
        var response = new V1.ListPipelinesResponse { NextPageToken = page.Value.NextPageToken };
        response.Pipelines.AddRange(page.Value.Items.Select(row => row.ToMessage()));
        return response;
    }
}
