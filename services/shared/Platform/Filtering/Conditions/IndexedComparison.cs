using System.Linq.Expressions;
using Platform.CustomFields.Values;
using Platform.Data;
using Platform.Filtering.Parsing;
using Platform.Filtering.Sql;

namespace Platform.Filtering.Conditions;

/// <summary>
/// A comparison of a custom field whose values are kept beside the records: those that may pass are found by their index, and the
/// comparison itself decides where the kept text is not the whole value. In memory it is that comparison.
/// </summary>
/// <param name="comparison">The comparison.</param>
/// <param name="parameter">The schema's row.</param>
/// <param name="resource">The kind of record.</param>
/// <param name="key">The field.</param>
/// <param name="comparator">How the kept texts are compared.</param>
/// <param name="sought">The text that is compared with; null where nothing passes.</param>
/// <param name="isWhole">Whether the kept text is the whole value: a look into the JSON would only spoil what PostgreSQL expects to find.</param>
internal sealed class IndexedComparison<T>(
    Condition<T> comparison, ParameterExpression parameter, string resource, string key, Comparator comparator, Func<FilterContext, string?> sought, bool isWhole) : Condition<T>
{
    private static readonly Func<string, string, int> Order = string.Compare;
    private static readonly Func<IQueryable<CustomFieldValue>, Expression<Func<CustomFieldValue, bool>>, bool> Any = Queryable.Any;

    public override Expression Translate(FilterContext context, bool outcome)
    {
        var itself = comparison.Translate(context, outcome);
        if (!outcome || context.KeptValues is not { } values || sought(context) is not { } text)
            return itself;
        return isWhole ? IsKept(values, text) : Expression.AndAlso(IsKept(values, text), itself);
    }

    public override bool? Evaluate(T row, FilterContext context) => comparison.Evaluate(row, context);

    private MethodCallExpression IsKept(IQueryable<CustomFieldValue> values, string text)
    {
        var value = Expression.Parameter(typeof(CustomFieldValue), "value");
        var (kept, wanted) = (Expression.Property(value, nameof(CustomFieldValue.SortKey)), QueryParameter.Of(text));
        Expression compared = comparator is Comparator.Equal or Comparator.Has
            ? Expression.Equal(kept, wanted)
            : Comparators.Compare(comparator, Expression.Call(Order.Method, kept, wanted), Expression.Constant(0));
        if (comparator is Comparator.Less or Comparator.LessOrEqual)
            // Empty is what records without a value have.
            compared = Expression.AndAlso(Expression.GreaterThan(Expression.Call(Order.Method, kept, Expression.Constant("")), Expression.Constant(0)), compared);
        Expression[] all =
        [
            Expression.Equal(Expression.Property(value, nameof(CustomFieldValue.Resource)), QueryParameter.Of(resource)),
            Expression.Equal(Expression.Property(value, nameof(CustomFieldValue.FieldKey)), QueryParameter.Of(key)),
            compared,
            Expression.Equal(Expression.Property(value, nameof(CustomFieldValue.RecordId)), Expression.Property(parameter, nameof(Entity.Id))),
        ];
        return Expression.Call(Any.Method, values.Expression, Expression.Quote(Expression.Lambda<Func<CustomFieldValue, bool>>(all.Aggregate(Expression.AndAlso), value)));
    }
}
