using System.Linq.Expressions;

namespace Platform.Filtering.Conditions;

/// <summary>True or false of every row, whatever the context.</summary>
/// <param name="test">For SQL.</param>
/// <param name="evaluate">In memory.</param>
internal sealed class Test<T>(Expression test, Func<T, bool> evaluate) : Condition<T>
{
    public override Expression Translate(FilterContext context, bool outcome) => outcome ? test : Expression.Not(test);

    public override bool? Evaluate(T row, FilterContext context) => evaluate(row);
}
