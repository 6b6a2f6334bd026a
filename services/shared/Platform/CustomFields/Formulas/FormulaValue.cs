namespace Platform.CustomFields.Formulas;

/// <summary>What a part of a formula gives for one record: a value, or none and why.</summary>
/// <param name="Value">A decimal, string, bool, DateOnly, DateTimeOffset or <see cref="MoneyAmount"/>; null where there is none.</param>
/// <param name="Reason">Why there is none; null where something that it is made of is simply missing.</param>
internal readonly record struct FormulaValue(object? Value, string? Reason = null)
{
    public const string DivisionByZero = "DIVISION_BY_ZERO";
    public const string OutOfRange = "OUT_OF_RANGE";
    public const string CurrencyMismatch = "CURRENCY_MISMATCH";
    public const string UnknownCurrency = "UNKNOWN_CURRENCY";
    public const string TooLong = "TOO_LONG";

    /// <summary>None, because something is missing.</summary>
    public static FormulaValue Missing { get; }

    public bool IsMissing => Value is null;

    public static FormulaValue Of(object? value) => new(value);

    public static FormulaValue None(string reason) => new(null, reason);

    public static implicit operator FormulaValue(decimal value) => new(value);

    public static implicit operator FormulaValue(string value) => new(value);

    public static implicit operator FormulaValue(bool value) => new(value);

    public static implicit operator FormulaValue(DateOnly value) => new(value);

    public static implicit operator FormulaValue(DateTimeOffset value) => new(value);

    public static implicit operator FormulaValue(MoneyAmount value) => new(value);
}

/// <summary>An amount in a currency.</summary>
internal sealed record MoneyAmount(decimal Amount, string Currency);
