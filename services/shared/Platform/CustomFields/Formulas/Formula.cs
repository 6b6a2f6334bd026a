using Platform.Errors;

namespace Platform.CustomFields.Formulas;

/// <summary>
/// An expression over the fields of one record, in the grammar of filters: typed, and total. It knows neither the time nor the
/// caller nor other records, so that its value changes only when its record does.
/// </summary>
internal sealed class Formula
{
    private readonly FormulaNode _root;

    private Formula(FormulaNode root, IReadOnlySet<string> fields) => (_root, Fields) = (root, fields);

    /// <summary>What it gives.</summary>
    public FormulaType Type => _root.Type;

    /// <summary>The fields that it reads: <c>amount</c>, <c>custom_fields.size</c>.</summary>
    public IReadOnlySet<string> Fields { get; }

    /// <summary>Reads a formula. Fails with <c>INVALID_FORMULA</c> and the position of the fault.</summary>
    /// <param name="text">As it is written.</param>
    /// <param name="fields">The fields that there are, and what they hold.</param>
    public static Result<Formula> Parse(string text, IReadOnlyDictionary<string, FormulaType> fields)
    {
        var parser = new FormulaParser(fields);
        return parser.Parse(text) is { } root && parser.Error is null ? new Formula(root, parser.Read) : parser.Error!;
    }

    /// <summary>The value for a record.</summary>
    /// <param name="row">Reads its fields.</param>
    public FormulaValue Evaluate(Func<string, FormulaValue> row) => _root.Evaluate(row);
}
