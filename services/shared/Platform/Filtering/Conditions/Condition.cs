using System.Linq.Expressions;

namespace Platform.Filtering.Conditions;

/// <summary>
/// A part of a bound expression. It is true, false or unknown (Kleene's logic, as in SQL); as C# and EF Core know only two
/// values, each part says when it is true and when it is false, and a negation asks for the other of the two.
/// </summary>
internal abstract class Condition<T>
{
    /// <summary>For SQL: whether the condition has this outcome; never null itself.</summary>
    public abstract Expression Translate(FilterContext context, bool outcome);

    /// <summary>In memory; null is unknown.</summary>
    public abstract bool? Evaluate(T row, FilterContext context);
}
