using Platform.Access.V1;
using Platform.Tenants.V1;
using static Platform.Languages.Wording;

namespace Platform.Access.Records;

/// <summary>A decision in the words of the contract.</summary>
internal static class Explanation
{
    public static ExplainAccessResponse Of(ProtectedResource resource, PersonAccess access, AccessAction action, AccessDecision decision, string field)
    {
        var permission = resource.Info.PermissionFor(action);
        var final = access.Permissions.Contains(permission) ? decision : AccessDecision.RoleDenies;
        var response = new ExplainAccessResponse
        {
            Allowed = final.Allowed,
            Rule = final.Rule,
            PolicyId = final.Policy?.Id ?? "",
            PolicyName = final.Policy?.Name ?? "",
            Conditional = final.Conditional,
            Explanation = Sentence(final, permission),
        };
        if (field.Length > 0)
            Add(response, access.FieldsOf(resource.Info.Name).Find(field));
        return response;
    }

    private static void Add(ExplainAccessResponse response, (FieldAccess Access, AccessPolicy? Policy) field)
    {
        response.FieldAccess = field.Access switch
        {
            FieldAccess.ReadOnly => "read_only",
            FieldAccess.Masked => "masked",
            FieldAccess.Hidden => "hidden",
            _ => "full",
        };
        response.FieldPolicyId = field.Policy?.Id ?? "";
        response.FieldPolicyName = field.Policy?.Name ?? "";
    }

    private static string Sentence(AccessDecision decision, string permission) => decision switch
    {
        { Rule: AccessRule.RolePermission, Allowed: true } => Say($"A role grants '{permission}', and no policy decides otherwise."),
        { Rule: AccessRule.RolePermission } => Say($"No role grants '{permission}'."),
        { Rule: AccessRule.Policy, Allowed: true } => Say($"The policy '{decision.Policy!.Name}' allows it."),
        { Rule: AccessRule.Policy } => Say($"The policy '{decision.Policy!.Name}' denies it."),
        { Rule: AccessRule.Share } => "The record is shared with the person or one of the person's teams.",
        { Rule: AccessRule.Ownership } => "The record is the person's own.",
        _ => "Policies name what is allowed, and this is not among it.",
    };
}
