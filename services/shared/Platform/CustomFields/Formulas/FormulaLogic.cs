using Platform.Filtering.Conditions;
using Platform.Filtering.Parsing;
using Platform.Filtering.Sql;

namespace Platform.CustomFields.Formulas;

/// <summary>Comparisons and what joins them, as in filters: what is missing is unknown, and unknown is neither true nor false.</summary>
internal static class FormulaLogic
{
    /// <summary>The comparison; null where values of these types are not compared so.</summary>
    public static FormulaNode? Compare(Comparator comparator, FormulaNode left, FormulaNode right)
    {
        if (left.Type != right.Type || (comparator == Comparator.Has && left.Type != FormulaType.Text))
            return null;
        return left.Type switch
        {
            FormulaType.Number => Ordered<decimal>(comparator, left, right),
            FormulaType.Date => Ordered<DateOnly>(comparator, left, right),
            FormulaType.Instant => Ordered<DateTimeOffset>(comparator, left, right),
            FormulaType.Money => FormulaArithmetic.OfMoney(FormulaType.Boolean, left, right, (a, b) => Comparators.Holds(comparator, a.Amount.CompareTo(b.Amount))),
            FormulaType.Text when comparator == Comparator.Has => FormulaNode.Of<string, string>(FormulaType.Boolean, left, right, (a, b) => TextPattern.Containing([b]).Matches(a)),
            FormulaType.Text => FormulaNode.Of<string, string>(FormulaType.Boolean, left, right, (a, b) => Comparators.Holds(comparator, CodePoints.Compare(a, b))),
            _ when comparator is Comparator.Equal or Comparator.NotEqual => Ordered<bool>(comparator, left, right),
            _ => null,
        };
    }

    public static FormulaNode Not(FormulaNode node) => FormulaNode.Of<bool>(FormulaType.Boolean, node, value => !value);

    /// <summary>All of them, or any of them.</summary>
    public static FormulaNode Join(IReadOnlyList<FormulaNode> nodes, bool all) => new(FormulaType.Boolean, row =>
    {
        FormulaValue result = all;
        foreach (var node in nodes)
        {
            var value = node.Evaluate(row);
            if (value.Value is bool known && known != all)
                return value;
            if (value.IsMissing && !result.IsMissing)
                result = value;
        }

        return result;
    });

    private static FormulaNode Ordered<TValue>(Comparator comparator, FormulaNode left, FormulaNode right)
        where TValue : IComparable<TValue> => FormulaNode.Of<TValue, TValue>(FormulaType.Boolean, left, right, (a, b) => Comparators.Holds(comparator, a.CompareTo(b)));
}
