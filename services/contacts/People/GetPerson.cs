using Platform.Contacts.Merging;
using Platform.Errors;

namespace Platform.Contacts.People;

/// <summary>The id of one that was merged leads to the one that stayed.</summary>
internal static class GetPerson
{
    public static async Task<Result<V1.Person>> Handle(V1.GetPersonRequest request, ContactsDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.FindOrSurvivorAsync(db.People, id, cancellationToken) is { } person
            ? person.ToMessage()
            : PersonErrors.NotFound(request.Id);
}
