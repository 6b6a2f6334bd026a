using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Metadata.Fields;

internal static class GetField
{
    public static async Task<Result<V1.Field>> Handle(V1.GetFieldRequest request, MetadataDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.Fields.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } field
            ? field.ToMessage()
            : FieldErrors.NotFound(request.Id);
}
