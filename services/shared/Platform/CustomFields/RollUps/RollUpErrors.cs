using Google.Rpc;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.CustomFields.RollUps;

/// <summary>What is wrong with a roll-up.</summary>
internal static class RollUpErrors
{
    private const string Root = "field.rollUp";

    /// <param name="part">In the definition: <c>relation</c>.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public static Error Invalid(string part, string message) => Create("INVALID_ROLL_UP", part, message);

    /// <summary>A fault of an expression in the definition, which keeps its code.</summary>
    public static Error In(string part, Error fault) => fault with { Violations = [new FieldViolation($"{Root}.{part}", fault.Message)] };

    /// <param name="place">In the request: <c>field.formula</c>.</param>
    /// <param name="path">The roll-up that is read.</param>
    public static Error NotReadable(string place, string path) =>
        Of(place, "ROLL_UP_NOT_READABLE", Say($"'{path}' is made of other records: roll-ups read fields and formulas of a record, and neither roll-ups nor formulas over them."));

    /// <param name="place">In the request.</param>
    /// <param name="path">The fields on the way, the first one again at the end.</param>
    public static Error Cycle(string place, IEnumerable<string> path) => Of(place, "ROLL_UP_CYCLE", Say($"The roll-up reads itself: {string.Join(" → ", path)}."));

    /// <param name="rollUp">A roll-up that reads the field.</param>
    /// <param name="fault">What would be wrong with it.</param>
    public static Error Breaks(string rollUp, Error fault) =>
        new(Code.InvalidArgument, "FORMULA_IN_USE", $"'{rollUp}' reads this field and would be wrong. {fault.Message}") { Violations = [new FieldViolation("field", fault.Message)] };

    private static Error Create(string code, string part, string message) => Of($"{Root}.{part}", code, message);

    private static Error Of(string place, string code, string message) => new(Code.InvalidArgument, code, message) { Violations = [new FieldViolation(place, message)] };
}
