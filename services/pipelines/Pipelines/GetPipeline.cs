using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Pipelines.Pipelines;

internal static class GetPipeline
{
    public static async Task<Result<V1.Pipeline>> Handle(V1.GetPipelineRequest request, PipelinesDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.Pipelines.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } pipeline
            ? pipeline.ToMessage()
            : PipelineErrors.NotFound(request.Id);
}
