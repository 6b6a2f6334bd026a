using Platform.Contacts.Activities;
using Platform.Contacts.Relations;
using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Contacts.People;

internal static class PersonErrors
{
    public static Error NotFound(string id) => Error.NotFound("person", id);

    /// <summary>Why a person cannot be deleted.</summary>
    public static Violation[] OnDelete() => [new ForeignKeyViolation(ActivityConfiguration.PersonKey, Error.Stale("person")), .. RelationErrors.OnDeletePerson()];

    /// <summary>What the database may refuse when this person is saved.</summary>
    public static Violation[] OnSave(Person person) =>
    [
        new UniqueViolation(PersonConfiguration.UniqueEmail, Error.AlreadyExists("PERSON_EMAIL_TAKEN", Say($"There is a person with the e-mail '{person.Email}' already."))),
        new ForeignKeyViolation(PersonConfiguration.CompanyKey, Error.Invalid("person.companyId", Say($"There is no company with id '{person.CompanyId}'."))),
    ];
}
