using System.Linq.Expressions;
using Platform.Filtering.Fields;
using Platform.Filtering.Parsing;
using Platform.Filtering.Sql;
using Platform.Filtering.Values;

namespace Platform.Filtering.Conditions;

/// <summary>A text beside another, exactly, in the order of code points.</summary>
internal sealed class TextComparison<T>(Accessor<T, string?> accessor, Comparator comparator, TextSource source) : Condition<T>
{
    private static readonly Func<string, string, int> Order = string.Compare;

    public override Expression Translate(FilterContext context, bool outcome)
    {
        if (source.Resolve(context) is not { } value)
            return Expression.Constant(false);
        var effective = outcome ? comparator : Comparators.Negate(comparator);
        var (left, right) = (accessor.Body, QueryParameter.Of(value));
        if (effective == Comparator.NotEqual)
            return Comparators.WhereKnown(left, Expression.NotEqual(left, right));
        if (effective == Comparator.Equal)
            return Expression.Equal(left, right);
        return Comparators.Compare(effective, Expression.Call(Order.Method, TextExpressions.InCodePoints(left), right), Expression.Constant(0));
    }

    public override bool? Evaluate(T row, FilterContext context) =>
        accessor.Read(row) is { } left && source.Resolve(context) is { } right ? Comparators.Holds(comparator, CodePoints.Compare(left, right)) : null;
}
