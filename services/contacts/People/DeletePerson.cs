using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Activities;
using Platform.Contacts.Merging;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.People;

internal static class DeletePerson
{
    public static async Task<Result<Empty>> Handle(V1.DeletePersonRequest request, ContactsDbContext db, CancellationToken cancellationToken)
    {
        if (!Guid.TryParse(request.Id, out var id))
            return PersonErrors.NotFound(request.Id);
        if (await db.People.SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is not { } person)
            return await db.MissingAsync(MergeKinds.People, id, cancellationToken);
        if (!person.Matches(request.Etag))
            return Error.Stale("person");
        db.People.Remove(person);
        db.Publish(person.Id, new V1.PersonDeleted { Id = request.Id });
        return await db.InTransactionAsync<Empty>(async () =>
        {
            await Timeline.ForgetPersonAsync(db, id, cancellationToken);
            // What led to a merged one led here.
            foreach (var part in await MergeLog.RemoveOfAsync(db, id, cancellationToken))
                db.Publish(part, new V1.PersonDeleted { Id = part.ToString() });
            return await db.TrySaveChangesAsync(cancellationToken, new ForeignKeyViolation(ActivityConfiguration.PersonKey, Error.Stale("person"))) is { } error ? error : new Empty();
        }, cancellationToken);
    }
}
