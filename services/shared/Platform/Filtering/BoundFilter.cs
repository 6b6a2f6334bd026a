using System.Linq.Expressions;
using Platform.Access;
using Platform.Errors;
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

    /// <summary>Those of its fields that have the ids of other records which it looks at.</summary>
    public IReadOnlySet<string> Links { get; internal init; } = new HashSet<string>();

    /// <summary>The kinds of other records that it looks at: <c>contacts.company</c>.</summary>
    public IEnumerable<string> RelatedKinds => Related.Select(read => read.Resource).Distinct();

    /// <summary>Every field that it reads, of the row and of other records.</summary>
    /// <param name="resource">The kind of the row.</param>
    public IEnumerable<(string Resource, string Field)> FieldsOf(string resource) => Fields.Select(field => (resource, field)).Concat(Related.Select(read => (read.Resource, read.Field)));

    /// <summary>What it reads of other records, whose rules hold for that.</summary>
    internal IReadOnlySet<RelatedRead> Related { get; init; } = new HashSet<RelatedRead>();

    /// <summary>A predicate that EF Core translates: every value is a parameter, so one expression is one query plan whatever its values.</summary>
    public Expression<Func<T, bool>> ToPredicate(FilterContext context) =>
        Expression.Lambda<Func<T, bool>>(_condition.Translate(context, outcome: true), _schema.Row);

    /// <summary>Whether the row passes: true only where the expression is true, neither false nor unknown.</summary>
    public bool Evaluate(T row, FilterContext context) => _condition.Evaluate(row, context) is true;

    /// <summary>Refuses a caller from whom a field is hidden that it reads: the rows that pass would tell what is in it.</summary>
    /// <param name="context">Whose caller is asked for.</param>
    /// <param name="resource">The kind of the row.</param>
    public Error? CheckReadable(FilterContext context, string resource) =>
        FieldsOf(resource).Where(read => !context.MayNarrowBy(new RelatedRead(read.Resource, read.Field))).Select(read => read.Field).Distinct().ToList() is { Count: > 0 } hidden
            ? AccessErrors.FieldNotReadable(hidden) : null;
}
