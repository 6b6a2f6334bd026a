using Platform.CustomFields;
using Platform.Filtering;
using Platform.Tenants.V1;

namespace Platform.Access.Policies;

/// <summary>What one person may do with one kind of record.</summary>
internal sealed class ResourceRules<T>(FilterSchema<T> schema, IReadOnlyList<AccessPolicy> policies, PersonAccess access, TenantFields? fields)
    where T : ProtectedEntity, IProtected<T>
{
    private readonly ActionRules<T>[] _actions =
    [
        .. Enum.GetValues<AccessAction>().Select(action => new ActionRules<T>(
            action, schema, [.. policies.Where(policy => policy.Actions.Contains(action.Name()))], access, fields)),
    ];

    public ActionRules<T> For(AccessAction action) => _actions[(int)action];
}
