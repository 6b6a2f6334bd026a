using FluentValidation;
using Grpc.Core;
using Platform.Contacts.Duplicates;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.People;

internal static class CreatePerson
{
    public sealed class Validator : AbstractValidator<V1.CreatePersonRequest>
    {
        public Validator() => RuleFor(request => request.Person).NotNull().WithMessage("Send the person.").SetValidator(new PersonValidator());
    }

    public static async Task<Result<V1.Person>> Handle(V1.CreatePersonRequest request, ContactsDbContext db, TimeProvider time, ServerCallContext call)
    {
        if (db.Caller.PrepareCustomFields(Person.Resource.Info, request.Person, stored: null) is { } fault)
            return fault;
        request.Person.PhoneE164 = "";
        if (await NewDuplicates.CheckAsync(DuplicateKind.People, request.Person, request.AllowDuplicates, db, call) is { } duplicate)
            return duplicate;
        var person = Person.Create(request.Person, time.GetUtcNow());
        db.People.Add(person);
        db.Publish(person.Id, new V1.PersonCreated { Person = person.ToMessage() });
        return await db.TrySaveChangesAsync(call.CancellationToken, PersonErrors.OnSave(person)) is { } error ? error : person.ToMessage();
    }
}
