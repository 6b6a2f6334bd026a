using Platform.Monetary;

namespace Platform.CustomFields.Formulas;

/// <summary>What <c>+ - * /</c> mean: exact decimals, money of one currency, dates and days.</summary>
internal static class FormulaArithmetic
{
    /// <summary>The part; null where the operator does not join these types.</summary>
    public static FormulaNode? Of(string sign, FormulaNode left, FormulaNode right) => (left.Type, sign, right.Type) switch
    {
        (FormulaType.Number, "+", FormulaType.Number) => FormulaNode.Of<decimal, decimal>(FormulaType.Number, left, right, (a, b) => a + b),
        (FormulaType.Number, "-", FormulaType.Number) => FormulaNode.Of<decimal, decimal>(FormulaType.Number, left, right, (a, b) => a - b),
        (FormulaType.Number, "*", FormulaType.Number) => FormulaNode.Of<decimal, decimal>(FormulaType.Number, left, right, (a, b) => a * b),
        (FormulaType.Number, "/", FormulaType.Number) => FormulaNode.Of<decimal, decimal>(FormulaType.Number, left, right, Divide),
        (FormulaType.Money, "+", FormulaType.Money) => OfMoney(FormulaType.Money, left, right, (a, b) => a with { Amount = a.Amount + b.Amount }),
        (FormulaType.Money, "-", FormulaType.Money) => OfMoney(FormulaType.Money, left, right, (a, b) => a with { Amount = a.Amount - b.Amount }),
        (FormulaType.Money, "/", FormulaType.Money) => OfMoney(FormulaType.Number, left, right, (a, b) => Divide(a.Amount, b.Amount)),
        (FormulaType.Money, "*", FormulaType.Number) => FormulaNode.Of<MoneyAmount, decimal>(FormulaType.Money, left, right, (a, b) => a with { Amount = a.Amount * b }),
        (FormulaType.Number, "*", FormulaType.Money) => FormulaNode.Of<decimal, MoneyAmount>(FormulaType.Money, left, right, (a, b) => b with { Amount = a * b.Amount }),
        (FormulaType.Money, "/", FormulaType.Number) => FormulaNode.Of<MoneyAmount, decimal>(FormulaType.Money, left, right, (a, b) =>
            b == 0 ? FormulaValue.None(FormulaValue.DivisionByZero) : a with { Amount = a.Amount / b }),
        (FormulaType.Date, "-", FormulaType.Date) => FormulaNode.Of<DateOnly, DateOnly>(FormulaType.Number, left, right, (a, b) => (decimal)(a.DayNumber - b.DayNumber)),
        (FormulaType.Date, "+", FormulaType.Number) => FormulaNode.Of<DateOnly, decimal>(FormulaType.Date, left, right, (a, b) => a.AddDays(Whole(b))),
        (FormulaType.Date, "-", FormulaType.Number) => FormulaNode.Of<DateOnly, decimal>(FormulaType.Date, left, right, (a, b) => a.AddDays(-Whole(b))),
        (FormulaType.Instant, "-", FormulaType.Instant) => FormulaNode.Of<DateTimeOffset, DateTimeOffset>(FormulaType.Number, left, right, (a, b) => (a - b).Ticks / (decimal)TimeSpan.TicksPerDay),
        (FormulaType.Instant, "+", FormulaType.Number) => FormulaNode.Of<DateTimeOffset, decimal>(FormulaType.Instant, left, right, (a, b) => a.AddTicks(Ticks(b))),
        (FormulaType.Instant, "-", FormulaType.Number) => FormulaNode.Of<DateTimeOffset, decimal>(FormulaType.Instant, left, right, (a, b) => a.AddTicks(-Ticks(b))),
        _ => null,
    };

    /// <summary>With the opposite sign; null where it has none.</summary>
    public static FormulaNode? Negate(FormulaNode node) => node.Type switch
    {
        FormulaType.Number => FormulaNode.Of<decimal>(FormulaType.Number, node, value => -value),
        FormulaType.Money => FormulaNode.Of<MoneyAmount>(FormulaType.Money, node, value => value with { Amount = -value.Amount }),
        _ => null,
    };

    /// <summary>Money of two currencies has no sum, no difference and no order: nothing is converted.</summary>
    public static FormulaNode OfMoney(FormulaType type, FormulaNode left, FormulaNode right, Func<MoneyAmount, MoneyAmount, FormulaValue> apply) =>
        FormulaNode.Of<MoneyAmount, MoneyAmount>(type, left, right, (a, b) => a.Currency == b.Currency ? apply(a, b) : FormulaValue.None(FormulaValue.CurrencyMismatch));

    /// <summary>As it is kept: with the decimals of its currency, halves away from zero.</summary>
    public static FormulaValue Rounded(MoneyAmount money) => Currencies.Exists(money.Currency)
        ? money with { Amount = Math.Round(money.Amount, Currencies.DecimalsOf(money.Currency), MidpointRounding.AwayFromZero) }
        : FormulaValue.None(FormulaValue.UnknownCurrency);

    /// <summary>Days, towards zero.</summary>
    public static int Whole(decimal number) => checked((int)decimal.Truncate(number));

    private static FormulaValue Divide(decimal a, decimal b) => b == 0 ? FormulaValue.None(FormulaValue.DivisionByZero) : a / b;

    private static long Ticks(decimal days) => checked((long)(days * TimeSpan.TicksPerDay));
}
