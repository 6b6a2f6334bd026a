using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Relations;

internal static class DeleteRelation
{
    public static async Task<Result<Empty>> Handle(V1.DeleteRelationRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        var loaded = await db.LoadRelationAsync(request.Id, request.Etag, cancellationToken);
        if (loaded.IsError)
            return loaded.Error;
        db.Forget([loaded.Value]);
        return await db.TrySaveChangesAsync(cancellationToken) is { } error ? error : new Empty();
    }
}
