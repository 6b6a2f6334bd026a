using Microsoft.EntityFrameworkCore;
using Platform.Errors;
using Platform.Metadata.Shapes;

namespace Platform.Metadata.Packages;

internal static class GetVersion
{
    public static async Task<Result<V1.MetadataVersion>> Handle(string id, ShapeWork work, CancellationToken cancellationToken) =>
        id.ToId() is { } known && await work.Db.Versions.AsNoTracking().SingleOrDefaultAsync(row => row.Id == known, cancellationToken) is { } version
            ? version.ToWhole()
            : Error.NotFound("version", id);
}
