using System.Linq.Expressions;

namespace Platform.Filtering.Conditions;

/// <summary>Unknown unless the guard is true.</summary>
internal sealed class Guarded<T>(Condition<T> guard, Condition<T> inner) : Condition<T>
{
    public override Expression Translate(FilterContext context, bool outcome) =>
        Expression.AndAlso(guard.Translate(context, outcome: true), inner.Translate(context, outcome));

    public override bool? Evaluate(T row, FilterContext context) => guard.Evaluate(row, context) is true ? inner.Evaluate(row, context) : null;
}
