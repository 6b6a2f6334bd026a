using System.Linq.Expressions;
using Platform.Data;

namespace Platform.Filtering.Conditions;

/// <summary>
/// Whether a list leads to a record, where the service keeps the way back: the rows that may pass are found by it, and the list
/// itself decides. In memory it is the list.
/// </summary>
/// <param name="comparison">Asks the list.</param>
/// <param name="parameter">The schema's row.</param>
/// <param name="resource">The kind of record.</param>
/// <param name="key">The field.</param>
/// <param name="target">The record that it leads to.</param>
internal sealed class LinkedComparison<T>(Condition<T> comparison, ParameterExpression parameter, string resource, string key, Guid target) : Condition<T>
{
    private static readonly Func<IQueryable<Guid>, Guid, bool> Contains = Queryable.Contains;

    public override Expression Translate(FilterContext context, bool outcome)
    {
        var itself = comparison.Translate(context, outcome);
        return outcome && context.Database?.LeadingTo(resource, key, target) is { } sources
            ? Expression.AndAlso(Expression.Call(Contains.Method, sources.Expression, Expression.Property(parameter, nameof(Entity.Id))), itself)
            : itself;
    }

    public override bool? Evaluate(T row, FilterContext context) => comparison.Evaluate(row, context);
}
