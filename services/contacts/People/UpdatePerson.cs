using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Contacts.Merging;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Contacts.People;

internal static class UpdatePerson
{
    public sealed class Validator : AbstractValidator<V1.UpdatePersonRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Person).NotNull().WithMessage("Send the person.");
            RuleFor(request => request.Person.Id).Id().When(request => request.Person is not null);
        }
    }

    public static async Task<Result<V1.Person>> Handle(V1.UpdatePersonRequest request, ContactsDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var id = Guid.Parse(request.Person.Id);
        var person = await db.People.SingleOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (person is null)
            return await db.MissingAsync(MergeKinds.People, id, cancellationToken);
        if (!person.Matches(request.Person.Etag))
            return Error.Stale("person");
        var merged = Merge(db, person, request.Person, request.UpdateMask);
        if (merged.IsError)
            return merged.Error;
        Write(db, person, merged.Value, time.GetUtcNow());
        return await db.TrySaveChangesAsync(cancellationToken, PersonErrors.OnSave(person)) is { } error ? error : person.ToMessage();
    }

    /// <summary>What the person would be, or why it cannot be that.</summary>
    public static Result<V1.Person> Merge(ContactsDbContext db, Person person, V1.Person change, FieldMask? mask)
    {
        var merged = Masks.Merge(person.ToMessage(), change, mask).Validate(new PersonValidator(), "person");
        return merged.IsError || db.Caller.PrepareCustomFields(Person.Resource.Info, merged.Value, person.CustomFields) is not { } fault ? merged : fault;
    }

    /// <summary>Makes it that, and tells of it.</summary>
    public static void Write(ContactsDbContext db, Person person, V1.Person message, DateTimeOffset now)
    {
        person.Update(message, now);
        db.Publish(person.Id, new V1.PersonUpdated { Person = person.ToMessage() });
    }
}
