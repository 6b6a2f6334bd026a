using System.Linq.Expressions;
using Platform.Filtering.Conditions;
using Platform.Filtering.Fields;

namespace Platform.Filtering;

/// <summary>
/// An expression tied to a resource. Immutable, safe for many threads, worth keeping: binding is the expensive part. The
/// predicate for SQL and the evaluation in memory agree on every row.
/// </summary>
public sealed class BoundFilter<T>
    where T : class
{
    private readonly FilterSchema<T> _schema;
    private readonly Condition<T> _condition;

    internal BoundFilter(Filter filter, FilterSchema<T> schema, Condition<T> condition, IReadOnlySet<string> fields) =>
        (Filter, _schema, _condition, Fields) = (filter, schema, condition, fields);

    /// <summary>The expression.</summary>
    public Filter Filter { get; }

    /// <summary>Names of the resource's fields that the expression reads: whoever may not see one of them may not filter by it.</summary>
    public IReadOnlySet<string> Fields { get; }

    /// <summary>What it reads of other records, whose rules hold for that.</summary>
    internal IReadOnlySet<RelatedRead> Related { get; init; } = new HashSet<RelatedRead>();

    /// <summary>A predicate that EF Core translates: every value is a parameter, so one expression is one query plan whatever its values.</summary>
    public Expression<Func<T, bool>> ToPredicate(FilterContext context) =>
        Expression.Lambda<Func<T, bool>>(_condition.Translate(context, outcome: true), _schema.Row);

    /// <summary>Whether the row passes: true only where the expression is true, neither false nor unknown.</summary>
    public bool Evaluate(T row, FilterContext context) => _condition.Evaluate(row, context) is true;
}
