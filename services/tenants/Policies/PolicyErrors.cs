using Platform.Data;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Tenants.Policies;

internal static class PolicyErrors
{
    public static readonly UniqueViolation NameTaken = new(PolicyConfiguration.UniqueName, Error.AlreadyExists("POLICY_EXISTS", "There is a policy of this name already."));

    public static Error NotFound(string id) => Error.NotFound("policy", id);

    public static Error AdministratorsLockedOut(string action, string resource) =>
        Error.Precondition("ADMINISTRATORS_LOCKED_OUT", Say($"No administrator could {action} any {resource} any more: except one by a more specific policy first."));

    public static Error UnknownSubject(string field, string message) => Error.Invalid($"policy.subjects.{field}", message);
}
