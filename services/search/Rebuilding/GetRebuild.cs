using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Search.Rebuilding;

internal static class GetRebuild
{
    public static async Task<Result<V1.Rebuild>> Handle(V1.GetRebuildRequest request, SearchDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.Rebuilds.AsNoTracking().SingleOrDefaultAsync(rebuild => rebuild.Id == id, cancellationToken) is { } found
            ? found.ToMessage()
            : Error.NotFound("rebuild", request.Id);
}
