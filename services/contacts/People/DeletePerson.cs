using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Activities;
using Platform.Contacts.Consents;
using Platform.Contacts.Merging;
using Platform.Contacts.Relations;
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
        return await db.InTransactionAsync<Empty>(async () =>
        {
            await RemoveAsync(db, [person], cancellationToken);
            return await db.TrySaveChangesAsync(cancellationToken, PersonErrors.OnDelete()) is { } error ? error : new Empty();
        }, cancellationToken);
    }

    /// <summary>Marks people as deleted, with what follows from it, and tells of it; in an open transaction.</summary>
    public static async Task RemoveAsync(ContactsDbContext db, IReadOnlyList<Person> people, CancellationToken cancellationToken)
    {
        foreach (var person in people)
        {
            db.People.Remove(person);
            db.Publish(person.Id, new V1.PersonDeleted { Id = person.Id.ToString() });
        }

        Guid[] ids = [.. people.Select(person => person.Id)];
        await Timeline.ForgetPeopleAsync(db, ids, cancellationToken);
        await db.ForgetRelationsOfPeopleAsync(ids, cancellationToken);
        await db.ForgetConsentsAsync(ids, cancellationToken);
        // What led to a merged one led here.
        foreach (var part in await MergeLog.RemoveOfAsync(db, ids, cancellationToken))
            db.Publish(part, new V1.PersonDeleted { Id = part.ToString() });
    }
}
