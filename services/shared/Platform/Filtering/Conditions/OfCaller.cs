using System.Linq.Expressions;
using Platform.Filtering.Sql;

namespace Platform.Filtering.Conditions;

/// <summary>The same for every row, for it depends on the caller alone: EF Core decides it before it writes the query.</summary>
internal sealed class OfCaller<T>(Func<FilterContext, bool?> test) : Condition<T>
{
    public override Expression Translate(FilterContext context, bool outcome) => QueryParameter.Of(test(context) == outcome);

    public override bool? Evaluate(T row, FilterContext context) => test(context);
}
