namespace Platform.CustomFields.Formulas;

/// <summary>A part of a formula: total, so that for every record it gives a value or none, and never fails.</summary>
/// <param name="Type">What it gives.</param>
/// <param name="Evaluate">Gives it; the argument reads a field of the record.</param>
internal sealed record FormulaNode(FormulaType Type, Func<Func<string, FormulaValue>, FormulaValue> Evaluate)
{
    public static FormulaNode Constant(FormulaType type, FormulaValue value) => new(type, _ => value);

    /// <summary>Of one value; none where that is missing.</summary>
    public static FormulaNode Of<TValue>(FormulaType type, FormulaNode node, Func<TValue, FormulaValue> apply) => new(type, row =>
    {
        var value = node.Evaluate(row);
        return value.IsMissing ? value : Total(() => apply((TValue)value.Value!));
    });

    /// <summary>Of two values; none where one is missing.</summary>
    public static FormulaNode Of<TLeft, TRight>(FormulaType type, FormulaNode left, FormulaNode right, Func<TLeft, TRight, FormulaValue> apply) => new(type, row =>
    {
        var first = left.Evaluate(row);
        if (first.IsMissing)
            return first;
        var second = right.Evaluate(row);
        return second.IsMissing ? second : Total(() => apply((TLeft)first.Value!, (TRight)second.Value!));
    });

    // What does not fit a decimal or the calendar is no value.
    private static FormulaValue Total(Func<FormulaValue> apply)
    {
        try
        {
            return apply();
        }
        catch (Exception beyond) when (beyond is OverflowException or ArgumentOutOfRangeException)
        {
            return FormulaValue.None(FormulaValue.OutOfRange);
        }
    }
}
