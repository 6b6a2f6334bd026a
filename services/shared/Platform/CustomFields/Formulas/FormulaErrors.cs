using Google.Rpc;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.CustomFields.Formulas;

/// <summary>What is wrong with a formula.</summary>
internal static class FormulaErrors
{
    private const string Field = "field.formula";

    /// <param name="position">Of the character at fault, from 0; people count from 1.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public static Error At(int position, string message) => Create("INVALID_FORMULA", Say($"At character {position + 1}: {Say(message)}"));

    public static Error TooLarge(string message) => Create("INVALID_FORMULA", message);

    /// <param name="path">The fields on the way, the first one again at the end.</param>
    public static Error Cycle(IEnumerable<string> path) => Create("FORMULA_CYCLE", Say($"The formula reads itself: {string.Join(" → ", path)}."));

    /// <param name="field">Another formula.</param>
    /// <param name="fault">What would be wrong with it.</param>
    public static Error Breaks(string field, Error fault) => Create("FORMULA_IN_USE", Say($"'{field}' reads this field and would be wrong. {fault.Message}"));

    private static Error Create(string code, string message) => new(Code.InvalidArgument, code, message) { Violations = [new FieldViolation(Field, message)] };
}
