using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Tenants.Members;

internal static class MemberErrors
{
    public static readonly Error LastAdministrator =
        Error.Precondition("LAST_ADMINISTRATOR", "This is the only administrator: make somebody else administrator first.");

    public static readonly UniqueViolation AlreadyMember =
        new(MemberConfiguration.PrimaryKey, Error.AlreadyExists("ALREADY_MEMBER", "This person is a member already: change the roles instead."));

    public static readonly Error ManagerCycle = Error.Precondition("MANAGER_CYCLE", "Nobody reports to themselves, directly or through others: choose another manager.");

    public static readonly ForeignKeyViolation UnknownManager =
        new(MemberConfiguration.ManagerKey, Error.Invalid("member.managerId", "This person is no member of the company."));

    public static Error NotFound(string userId) => Error.NotFound("member", userId);

    public static Error UnknownRole(int index, string role)
    {
        var message = Say($"There is no role '{role}'.");
        return new Error(Google.Rpc.Code.InvalidArgument, "UNKNOWN_ROLE", message) { Violations = [new FieldViolation($"member.roles[{index}]", message)] };
    }
}
