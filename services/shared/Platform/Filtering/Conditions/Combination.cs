using System.Linq.Expressions;

namespace Platform.Filtering.Conditions;

/// <summary>All of them, or any of them.</summary>
/// <param name="parts">At least one, unless <paramref name="all"/>.</param>
/// <param name="all">Whether they are joined by AND.</param>
internal sealed class Combination<T>(IReadOnlyList<Condition<T>> parts, bool all) : Condition<T>
{
    public override Expression Translate(FilterContext context, bool outcome)
    {
        var terms = parts.Select(part => part.Translate(context, outcome)).ToArray();
        return terms.Length == 0 ? Expression.Constant(outcome == all) : Join(terms, conjunction: outcome == all);
    }

    public override bool? Evaluate(T row, FilterContext context)
    {
        bool? result = all;
        foreach (var part in parts)
        {
            var value = part.Evaluate(row, context);
            if (value == !all)
                return value;
            if (value is null)
                result = null;
        }

        return result;
    }

    // Balanced, so that the depth of the tree that EF Core walks grows with the logarithm of the number of terms.
    private static Expression Join(ReadOnlySpan<Expression> terms, bool conjunction)
    {
        if (terms.Length == 1)
            return terms[0];
        var middle = terms.Length / 2;
        var (left, right) = (Join(terms[..middle], conjunction), Join(terms[middle..], conjunction));
        return conjunction ? Expression.AndAlso(left, right) : Expression.OrElse(left, right);
    }
}
