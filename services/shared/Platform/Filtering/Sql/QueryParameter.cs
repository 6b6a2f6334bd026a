using System.Linq.Expressions;

namespace Platform.Filtering.Sql;

/// <summary>Values that EF Core sends as parameters: as it does with the variables that a lambda captures, never as literals.</summary>
internal static class QueryParameter
{
    public static Expression Of<TValue>(TValue value) => Expression.Property(Expression.Constant(new Captured<TValue>(value)), nameof(Captured<>.Value));

    /// <summary>Whether the list, one parameter, has the element.</summary>
    public static Expression Contains<TElement>(IReadOnlyList<TElement> list, Expression element)
    {
        Func<IEnumerable<TElement>, TElement, bool> contains = Enumerable.Contains;
        return Expression.Call(contains.Method, Of<IEnumerable<TElement>>(list.ToArray()), element);
    }

    private sealed record Captured<TValue>(TValue Value);
}
