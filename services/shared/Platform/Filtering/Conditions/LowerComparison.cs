using System.Linq.Expressions;
using Platform.Filtering.Sql;
using Platform.Filtering.Values;

namespace Platform.Filtering.Conditions;

/// <summary>
/// Whether a text is the same, where a column has it in small letters: rows are found by that column's index, and the comparison
/// itself decides. In memory it is that comparison.
/// </summary>
/// <param name="comparison">The comparison.</param>
/// <param name="lower">The column; PostgreSQL wrote it with its own <c>lower</c>.</param>
/// <param name="source">What is compared with.</param>
internal sealed class LowerComparison<T>(Condition<T> comparison, Expression lower, TextSource source) : Condition<T>
{
    public override Expression Translate(FilterContext context, bool outcome)
    {
        var itself = comparison.Translate(context, outcome);
        // Of an empty text the column may have nothing.
        return outcome && source.Resolve(context) is { Length: > 0 } text
            ? Expression.AndAlso(Expression.Equal(lower, Expression.Call(QueryParameter.Of(text), nameof(string.ToLower), null)), itself)
            : itself;
    }

    public override bool? Evaluate(T row, FilterContext context) => comparison.Evaluate(row, context);
}
