using Google.Rpc;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Filtering.Parsing;

/// <summary>What is wrong with an expression, where, and what was probably meant.</summary>
internal static class FilterErrors
{
    /// <param name="position">Of the character at fault, from 0; people count from 1.</param>
    /// <param name="message">What is wrong and what to do.</param>
    public static Error At(int position, string message) => Create("INVALID_FILTER", "filter", Say($"At character {position + 1}: {Say(message)}"));

    public static Error TooLarge(string message) => Create("INVALID_FILTER", "filter", message);

    public static Error OrderAt(int position, string message) => Create("INVALID_ORDER_BY", "orderBy", Say($"At character {position + 1}: {Say(message)}"));

    /// <summary>A sentence that names the closest of the known names, or nothing where none is close.</summary>
    public static string DidYouMean(string name, IEnumerable<string> known) => Closest(name, known) is { } close ? Say($" Did you mean '{close}'?") : "";

    private static string? Closest(string name, IEnumerable<string> known) => known
        .Select(candidate => (candidate, Distance: Distance(name, candidate)))
        .Where(pair => pair.Distance <= Math.Max(2, name.Length / 3) || IsPart(name, pair.candidate))
        .OrderBy(pair => pair.Distance).ThenBy(pair => pair.candidate, StringComparer.Ordinal)
        .Select(pair => pair.candidate)
        .FirstOrDefault();

    private static bool IsPart(string name, string candidate) => name.Length > 2 && candidate.Contains(name, StringComparison.OrdinalIgnoreCase);

    // Levenshtein's, without regard to case; names longer than any field's are not worth the product of their lengths.
    private static int Distance(string left, string right)
    {
        if (left.Length > 64)
            return int.MaxValue;
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var change = char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }

            previous = current;
        }

        return previous[right.Length];
    }

    private static Error Create(string code, string field, string message) =>
        new(Code.InvalidArgument, code, message) { Violations = [new FieldViolation(field, message)] };
}
