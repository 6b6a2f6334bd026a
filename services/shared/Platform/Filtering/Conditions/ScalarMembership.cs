using System.Linq.Expressions;
using Platform.Filtering.Fields;
using Platform.Filtering.Sql;
using Platform.Filtering.Values;

namespace Platform.Filtering.Conditions;

/// <summary>One of several values.</summary>
internal sealed class ScalarMembership<T, TValue>(Accessor<T, TValue?> accessor, ListSource<TValue> source) : Condition<T>
    where TValue : struct
{
    public override Expression Translate(FilterContext context, bool outcome)
    {
        var left = accessor.Body;
        var value = left.Type == typeof(TValue) ? left : Expression.Property(left, nameof(Nullable<>.Value));
        var contained = QueryParameter.Contains(source.Resolve(context), value);
        return outcome ? contained : Comparators.WhereKnown(left, Expression.Not(contained));
    }

    public override bool? Evaluate(T row, FilterContext context) => accessor.Read(row) is { } value ? source.Resolve(context).Contains(value) : null;
}
