using Platform.Access.V1;
using Platform.Errors;
using Platform.Tenants.V1;
using Code = Google.Rpc.Code;
using static Platform.Languages.Wording;

namespace Platform.Access;

/// <summary>Refusals of the access engine.</summary>
internal static class AccessErrors
{
    /// <summary>A visible record may not be treated like that; the policy is named.</summary>
    public static Error Denied(AccessDecision decision, AccessAction action, IEnumerable<AccessPolicy> narrowing) =>
        new(Code.PermissionDenied, "DENIED_BY_POLICY", decision.Policy is { } policy
            ? Say($"The policy '{policy.Name}' does not let you {action.Name()} this record.")
            : Say($"You may {action.Name()} only what these policies allow: {string.Join(", ", narrowing.Select(allow => $"'{allow.Name}'"))}."));

    /// <summary>Fields of a request that the caller may not write.</summary>
    public static Error FieldNotWritable(IReadOnlyList<string> fields) => Fields("FIELD_NOT_WRITABLE", fields, "You may not change this field.");

    /// <summary>Fields that the caller may not read, and so not filter or order by.</summary>
    public static Error FieldNotReadable(IReadOnlyList<string> fields) => Fields("FIELD_NOT_READABLE", fields, "You may not filter or order by this field.");

    private static Error Fields(string code, IReadOnlyList<string> fields, string message) =>
        new(Code.PermissionDenied, code, string.Join(" ", fields.Select(field => $"{field}: {message}")))
        {
            Violations = [.. fields.Select(field => new FieldViolation(field, message))],
        };
}
