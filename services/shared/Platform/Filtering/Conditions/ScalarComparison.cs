using System.Linq.Expressions;
using Platform.Filtering.Fields;
using Platform.Filtering.Parsing;
using Platform.Filtering.Sql;
using Platform.Filtering.Values;

namespace Platform.Filtering.Conditions;

/// <summary>A value beside another; unknown where either is missing.</summary>
internal sealed class ScalarComparison<T, TValue>(Accessor<T, TValue?> accessor, Comparator comparator, ValueSource<TValue> source) : Condition<T>
    where TValue : struct
{
    public override Expression Translate(FilterContext context, bool outcome)
    {
        if (source.Resolve(context) is not { } value)
            return Expression.Constant(false);
        var effective = outcome ? comparator : Comparators.Negate(comparator);
        var left = accessor.Body;
        var right = left.Type == typeof(TValue) ? QueryParameter.Of(value) : QueryParameter.Of<TValue?>(value);
        var comparison = Comparators.Compare(effective, left, right);
        // All others are not true of null anyway, in C# and in SQL.
        return effective == Comparator.NotEqual ? Comparators.WhereKnown(left, comparison) : comparison;
    }

    public override bool? Evaluate(T row, FilterContext context) =>
        accessor.Read(row) is { } left && source.Resolve(context) is { } right ? Comparators.Holds(comparator, Comparer<TValue>.Default.Compare(left, right)) : null;
}
