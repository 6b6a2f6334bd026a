using System.Globalization;

namespace Platform.Sidecar.Resiliency;

/// <summary>Statuses as policies list them: <c>429,500-599</c>.</summary>
internal sealed class StatusRanges
{
    private readonly IReadOnlyList<(int First, int Last)> _ranges;

    private StatusRanges(IReadOnlyList<(int First, int Last)> ranges) => _ranges = ranges;

    public bool Contains(int status) => _ranges.Any(range => status >= range.First && status <= range.Last);

    /// <exception cref="FormatException">It is no such list, or names statuses that there are not.</exception>
    public static StatusRanges Parse(string text, int lowest, int highest) =>
        new([.. text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(range => Range(range, lowest, highest))]);

    private static (int First, int Last) Range(string text, int lowest, int highest)
    {
        var ends = text.Split('-', 2, StringSplitOptions.TrimEntries);
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && lowest <= first && first <= last && last <= highest
            ? (first, last)
            : throw new FormatException($"'{text}' is neither a status nor a range of statuses between {lowest} and {highest}");
    }
}
