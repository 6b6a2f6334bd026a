using System.Linq.Expressions;
using Platform.CustomFields;
using Platform.Filtering;
using Platform.Tenants.V1;

namespace Platform.Access.Policies;

/// <summary>One policy, tied to the rows that it speaks of.</summary>
internal sealed class PolicyRule<T>
    where T : class
{
    private readonly BoundFilter<T>? _filter;
    private readonly bool _everything;

    public PolicyRule(AccessPolicy policy, FilterSchema<T> schema, TenantFields? fields = null)
    {
        Policy = policy;
        var filter = Filter.Parse(policy.Filter);
        if (!filter.IsError && !filter.Value.IsEmpty && filter.Value.Bind(schema, fields, strict: false) is { IsError: false } bound)
            _filter = bound.Value;
        // A filter that this service cannot read (yet) opens nothing: such a policy denies all rows or allows none.
        _everything = filter is { IsError: false, Value.IsEmpty: true } || (_filter is null && policy.Effect != PolicyEffect.Allow);
    }

    public AccessPolicy Policy { get; }

    /// <summary>Whether it speaks of every row.</summary>
    public bool IsUnconditional => _filter is null && _everything;

    public bool Matches(T row, FilterContext context) => _filter?.Evaluate(row, context) ?? _everything;

    public Expression ToCondition(FilterContext context) => _filter?.ToPredicate(context).Body ?? Expression.Constant(_everything);
}
