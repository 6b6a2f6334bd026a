using System.Linq.Expressions;
using Platform.Filtering.Fields;
using Platform.Filtering.Sql;
using Platform.Filtering.Values;

namespace Platform.Filtering.Conditions;

/// <summary>A part of a text that is known only when it is evaluated, without regard to case.</summary>
internal sealed class TextContains<T>(Accessor<T, string?> accessor, TextSource source) : Condition<T>
{
    public override Expression Translate(FilterContext context, bool outcome) =>
        source.Resolve(context) is { } part ? new TextMatch<T>(accessor, TextPattern.Containing([part])).Translate(context, outcome) : Expression.Constant(false);

    public override bool? Evaluate(T row, FilterContext context) =>
        source.Resolve(context) is { } part ? new TextMatch<T>(accessor, TextPattern.Containing([part])).Evaluate(row, context) : null;
}
