using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Metadata.Objects;

internal static class GetObjectType
{
    public static async Task<Result<V1.ObjectType>> Handle(V1.GetObjectTypeRequest request, MetadataDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.Objects.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } known
            ? known.ToMessage()
            : ObjectErrors.NotFound(request.Id);
}
