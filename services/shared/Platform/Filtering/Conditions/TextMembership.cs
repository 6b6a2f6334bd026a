using System.Linq.Expressions;
using Platform.Filtering.Fields;
using Platform.Filtering.Sql;
using Platform.Filtering.Values;

namespace Platform.Filtering.Conditions;

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
