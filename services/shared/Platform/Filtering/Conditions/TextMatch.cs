using System.Linq.Expressions;
using Platform.Filtering.Fields;
using Platform.Filtering.Sql;

namespace Platform.Filtering.Conditions;

/// <summary>A text like a pattern.</summary>
internal sealed class TextMatch<T>(Accessor<T, string?> accessor, TextPattern pattern) : Condition<T>
{
    public override Expression Translate(FilterContext context, bool outcome)
    {
        var like = TextExpressions.Like(accessor.Body, pattern);
        return outcome ? like : Comparators.WhereKnown(accessor.Body, Expression.Not(like));
    }

    public override bool? Evaluate(T row, FilterContext context) => accessor.Read(row) is { } text ? pattern.Matches(text) : null;
}
