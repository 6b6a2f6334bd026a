using System.Buffers;

namespace Platform.Sidecar.Scheduling;

/// <summary>Names of jobs, reminders and timers become a segment of a path: what could be more than that is refused.</summary>
internal static class ScheduleNames
{
    private const int Longest = 512;
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("#?/\\%\0");

    /// <returns>What is wrong with the name; null when nothing is.</returns>
    public static string? Fault(string name) =>
        name.AsSpan().IndexOfAny(Forbidden) >= 0 ? $"name contains forbidden character: \"{name}\""
        : name.Any(char.IsControl) ? $"name contains control character: \"{name}\""
        : name is "." or ".." ? $"name is a path traversal sequence: \"{name}\""
        : name.Length > Longest ? $"name is longer than {Longest} characters"
        : null;
}
