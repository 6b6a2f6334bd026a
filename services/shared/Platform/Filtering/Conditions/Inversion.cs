using System.Linq.Expressions;

namespace Platform.Filtering.Conditions;

internal sealed class Inversion<T>(Condition<T> inner) : Condition<T>
{
    public override Expression Translate(FilterContext context, bool outcome) => inner.Translate(context, !outcome);

    public override bool? Evaluate(T row, FilterContext context) => !inner.Evaluate(row, context);
}
