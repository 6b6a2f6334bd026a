using Platform.Data;
using Platform.Errors;

namespace Platform.Contacts.Companies;

internal static class CompanyErrors
{
    public static Error NotFound(string id) => Error.NotFound("company", id);

    public static UniqueViolation NameTaken(string name) =>
        new(CompanyConfiguration.UniqueName, Error.AlreadyExists("COMPANY_NAME_TAKEN", $"There is a company named '{name}' already."));
}
