using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Contacts.Relations;

internal static class GetRelation
{
    public static async Task<Result<V1.Relation>> Handle(V1.GetRelationRequest request, ContactsDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.Relations.VisibleTo(db).AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } relation
            ? relation.ToMessage()
            : RelationErrors.NotFound(request.Id);
}
