using System.Linq.Expressions;
using Platform.CustomFields;
using Platform.Filtering;
using Platform.Tenants.V1;

namespace Platform.Access.Policies;

/// <summary>
/// The one rule of combination (docs/adr/0010): the most specific policies that match the record decide, deny before allow; where
/// none matches, the owner and those whom the record is shared with; else the role's permission, unless policies name what is
/// allowed. Said twice, as SQL and in memory.
/// </summary>
internal sealed class ActionRules<T>
    where T : ProtectedEntity, IProtected<T>
{
    private readonly Tier[] _tiers;
    private readonly bool _isNarrowed;
    private readonly Grants<T>? _grants;
    private readonly FilterSchema<T> _schema;

    public ActionRules(AccessAction action, FilterSchema<T> schema, IReadOnlyList<AccessPolicy> policies, PersonAccess access, TenantFields? fields = null)
    {
        _schema = schema;
        _tiers = [.. policies.GroupBy(policy => policy.Specificity).OrderByDescending(tier => tier.Key).Select(tier => Tier.Of(tier, schema, fields))];
        _isNarrowed = policies.Any(policy => policy.Effect == PolicyEffect.Allow);
        _grants = Grants<T>.For(action, access);
        IsUnrestricted = policies.Count == 0;
        Policies = policies;
    }

    /// <summary>Whether the role's permission alone decides.</summary>
    public bool IsUnrestricted { get; }

    /// <summary>Those that concern the person and the action.</summary>
    public IReadOnlyList<AccessPolicy> Policies { get; }

    /// <summary>What may be done to which rows; null for all rows.</summary>
    public Expression<Func<T, bool>>? ToPredicate(FilterContext context)
    {
        if (IsUnrestricted)
            return null;
        var condition = _isNarrowed ? _grants?.ToCondition(_schema.Row) ?? Conditions.False : Conditions.True;
        foreach (var tier in _tiers.Reverse())
            condition = Conditions.Unless(tier.ToCondition(tier.Denies, context), Conditions.Or(tier.ToCondition(tier.Allows, context), condition));
        return Conditions.IsTrue(condition) ? null : Expression.Lambda<Func<T, bool>>(condition, _schema.Row);
    }

    public AccessDecision Decide(T row, FilterContext context)
    {
        foreach (var tier in _tiers)
        {
            if (Match(tier.Denies, row, context) is { } deny)
                return AccessDecision.By(deny);
            if (Match(tier.Allows, row, context) is { } allow)
                return AccessDecision.By(allow);
        }

        return _isNarrowed ? _grants?.Find(row) ?? AccessDecision.Default : AccessDecision.RoleAllows;
    }

    public AccessDecision DecideWithoutRecord()
    {
        var conditional = _isNarrowed && _grants is not null;
        foreach (var rule in _tiers.SelectMany(tier => tier.Denies.Concat(tier.Allows)))
        {
            if (rule.IsUnconditional)
                return AccessDecision.By(rule.Policy) with { Conditional = _tiers.SelectMany(tier => tier.Denies.Concat(tier.Allows)).TakeWhile(before => before != rule).Any() };
            conditional = true;
        }

        return (_isNarrowed ? AccessDecision.Default : AccessDecision.RoleAllows) with { Conditional = conditional };
    }

    private static AccessPolicy? Match(PolicyRule<T>[] rules, T row, FilterContext context)
    {
        foreach (var rule in rules)
        {
            if (rule.Matches(row, context))
                return rule.Policy;
        }

        return null;
    }

    /// <summary>Policies of one specificity.</summary>
    private sealed record Tier(PolicyRule<T>[] Denies, PolicyRule<T>[] Allows)
    {
        public static Tier Of(IEnumerable<AccessPolicy> policies, FilterSchema<T> schema, TenantFields? fields)
        {
            // In the order of their names, so that the explanation is the same one each time.
            var rules = policies.OrderBy(policy => policy.Name, StringComparer.Ordinal).Select(policy => new PolicyRule<T>(policy, schema, fields)).ToLookup(rule => rule.Policy.Effect == PolicyEffect.Allow);
            return new Tier([.. rules[false]], [.. rules[true]]);
        }

        public Expression ToCondition(PolicyRule<T>[] rules, FilterContext context) =>
            rules.Aggregate(Conditions.False, (condition, rule) => Conditions.Or(condition, rule.ToCondition(context)));
    }
}
