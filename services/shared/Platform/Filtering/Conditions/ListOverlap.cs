using System.Linq.Expressions;
using Platform.Filtering.Fields;
using Platform.Filtering.Sql;
using Platform.Filtering.Values;

namespace Platform.Filtering.Conditions;

/// <summary>Whether a list has one of several elements; unknown where there is no list.</summary>
internal sealed class ListOverlap<T, TElement>(Accessor<T, IEnumerable<TElement>?> accessor, ElementSource<TElement> source) : Condition<T>
    where TElement : notnull
{
    private static readonly Func<IEnumerable<TElement>, Func<TElement, bool>, bool> Any = Enumerable.Any;
    private static readonly Func<IEnumerable<TElement>, TElement, bool> Contains = Enumerable.Contains;

    public override Expression Translate(FilterContext context, bool outcome)
    {
        if (source.Resolve(context) is not { } wanted)
            return Expression.Constant(false);
        var has = wanted.Count == 1 ? Expression.Call(Contains.Method, accessor.Body, QueryParameter.Of(wanted[0])) : Overlaps(wanted);
        return outcome ? has : Comparators.WhereKnown(accessor.Body, Expression.Not(has));
    }

    public override bool? Evaluate(T row, FilterContext context) =>
        accessor.Read(row) is { } list && source.Resolve(context) is { } wanted ? list.Any(wanted.Contains) : null;

    private MethodCallExpression Overlaps(IReadOnlyList<TElement> wanted)
    {
        var element = Expression.Parameter(typeof(TElement), "element");
        return Expression.Call(Any.Method, accessor.Body, Expression.Lambda<Func<TElement, bool>>(QueryParameter.Contains(wanted, element), element));
    }
}
