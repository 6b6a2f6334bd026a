using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
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

/// <summary>A part of a text that is known only when it is evaluated, without regard to case.</summary>
internal sealed class TextContains<T>(Accessor<T, string?> accessor, TextSource source) : Condition<T>
{
    public override Expression Translate(FilterContext context, bool outcome) =>
        source.Resolve(context) is { } part ? new TextMatch<T>(accessor, TextPattern.Containing([part])).Translate(context, outcome) : Expression.Constant(false);

    public override bool? Evaluate(T row, FilterContext context) =>
        source.Resolve(context) is { } part ? new TextMatch<T>(accessor, TextPattern.Containing([part])).Evaluate(row, context) : null;
}

/// <summary>One of several texts.</summary>
internal sealed class TextMembership<T>(Accessor<T, string?> accessor, ListSource<string> source) : Condition<T>
{
    public override Expression Translate(FilterContext context, bool outcome)
    {
        var contained = QueryParameter.Contains(source.Resolve(context), accessor.Body);
        return outcome ? contained : Comparators.WhereKnown(accessor.Body, Expression.Not(contained));
    }

    public override bool? Evaluate(T row, FilterContext context) => accessor.Read(row) is { } text ? source.Resolve(context).Contains(text) : null;
}
