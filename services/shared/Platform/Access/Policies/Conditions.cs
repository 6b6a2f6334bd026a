using System.Linq.Expressions;

namespace Platform.Access.Policies;

/// <summary>Conditions that say no more than they must: what is certain is left out of the SQL.</summary>
internal static class Conditions
{
    public static readonly Expression True = Expression.Constant(true);
    public static readonly Expression False = Expression.Constant(false);

    public static bool IsTrue(Expression condition) => condition is ConstantExpression { Value: true };

    public static bool IsFalse(Expression condition) => condition is ConstantExpression { Value: false };

    public static Expression Or(Expression first, Expression second) =>
        IsTrue(first) || IsTrue(second) ? True : IsFalse(first) ? second : IsFalse(second) ? first : Expression.OrElse(first, second);

    // A CASE and no NOT: what is neither true nor false in SQL excludes nothing, as in memory.
    public static Expression Unless(Expression excluded, Expression condition) =>
        IsTrue(excluded) || IsFalse(condition) ? False : IsFalse(excluded) ? condition : Expression.Condition(excluded, False, condition);
}
