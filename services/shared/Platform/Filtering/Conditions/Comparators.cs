using System.Linq.Expressions;
using Platform.Filtering.Parsing;

namespace Platform.Filtering.Conditions;

internal static class Comparators
{
    public static Comparator Negate(Comparator comparator) => comparator switch
    {
        Comparator.Equal or Comparator.Has => Comparator.NotEqual,
        Comparator.NotEqual => Comparator.Equal,
        Comparator.Less => Comparator.GreaterOrEqual,
        Comparator.LessOrEqual => Comparator.Greater,
        Comparator.Greater => Comparator.LessOrEqual,
        _ => Comparator.Less,
    };

    /// <param name="comparator">Which.</param>
    /// <param name="order">Below, at or above zero, as a comparer says.</param>
    public static bool Holds(Comparator comparator, int order) => comparator switch
    {
        Comparator.Equal or Comparator.Has => order == 0,
        Comparator.NotEqual => order != 0,
        Comparator.Less => order < 0,
        Comparator.LessOrEqual => order <= 0,
        Comparator.Greater => order > 0,
        _ => order >= 0,
    };

    public static Expression Compare(Comparator comparator, Expression left, Expression right) => comparator switch
    {
        Comparator.Equal or Comparator.Has => Expression.Equal(left, right),
        Comparator.NotEqual => Expression.NotEqual(left, right),
        Comparator.Less => Expression.LessThan(left, right),
        Comparator.LessOrEqual => Expression.LessThanOrEqual(left, right),
        Comparator.Greater => Expression.GreaterThan(left, right),
        _ => Expression.GreaterThanOrEqual(left, right),
    };

    /// <summary>The condition, where the value may be missing only together with "is there".</summary>
    public static Expression WhereKnown(Expression value, Expression condition) => CanBeNull(value.Type)
        ? Expression.AndAlso(Expression.NotEqual(value, Expression.Constant(null, value.Type)), condition)
        : condition;

    public static bool CanBeNull(Type type) => !type.IsValueType || Nullable.GetUnderlyingType(type) is not null;
}
