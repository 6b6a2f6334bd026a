using Microsoft.EntityFrameworkCore;
using Platform.Errors;

namespace Platform.Contacts.People;

internal static class GetPerson
{
    public static async Task<Result<V1.Person>> Handle(V1.GetPersonRequest request, ContactsDbContext db, CancellationToken cancellationToken) =>
        Guid.TryParse(request.Id, out var id) && await db.People.AsNoTracking().SingleOrDefaultAsync(row => row.Id == id, cancellationToken) is { } person
            ? person.ToMessage()
            : PersonErrors.NotFound(request.Id);
}
