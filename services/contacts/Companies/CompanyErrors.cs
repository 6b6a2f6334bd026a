using Platform.Contacts.Activities;
using Platform.Contacts.People;
using Platform.Contacts.Relations;
using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Contacts.Companies;

internal static class CompanyErrors
{
    public static Error NotFound(string id) => Error.NotFound("company", id);

    public static UniqueViolation NameTaken(string name) =>
        new(CompanyConfiguration.UniqueName, Error.AlreadyExists("COMPANY_NAME_TAKEN", Say($"There is a company named '{name}' already.")));

    /// <summary>Why a company cannot be deleted.</summary>
    public static Violation[] OnDelete() =>
    [
        new ForeignKeyViolation(PersonConfiguration.CompanyKey, Error.Precondition("COMPANY_HAS_PEOPLE", "People belong to this company: move or delete them first.")),
        new ForeignKeyViolation(ActivityConfiguration.CompanyKey, Error.Stale("company")),
        .. RelationErrors.OnDeleteCompany(),
    ];
}
