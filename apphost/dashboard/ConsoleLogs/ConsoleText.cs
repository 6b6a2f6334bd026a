using System.Text.RegularExpressions;
using Platform.Dashboard.Storage;

namespace Platform.Dashboard.ConsoleLogs;

/// <summary>What can be told of a line of output by its looks.</summary>
internal static partial class ConsoleText
{
    private const int Longest = 4_000;

    /// <summary>Without colours, without the time that stands beside it anyway, and not without end.</summary>
    public static string Clean(string line)
    {
        var plain = line.Contains('\e', StringComparison.Ordinal) ? Escapes().Replace(line, "") : line;
        plain = Clock().Replace(plain, "");
        return plain.Length <= Longest ? plain : plain[..Longest] + "…";
    }

    /// <summary>How serious it says it is: by the words of .NET's console, of PostgreSQL, of Redis and of RabbitMQ.</summary>
    public static Level LevelOf(string line)
    {
        var found = LevelWords().Match(line);
        return !found.Success ? Level.Information : found.Groups["word"].Value switch
        {
            "trce" or "dbug" or "debug" or "DEBUG" => Level.Debug,
            "warn" or "warning" or "WARNING" => Level.Warning,
            "fail" or "error" or "ERROR" => Level.Error,
            "crit" or "FATAL" or "PANIC" => Level.Critical,
            _ => Level.Information,
        };
    }

    [GeneratedRegex(@"\e\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escapes();

    [GeneratedRegex(@"^\d\d:\d\d:\d\d\.\d{3} ")]
    private static partial Regex Clock();

    [GeneratedRegex(@"^.{0,60}?(?:\b(?<word>trce|dbug|info|warn|fail|crit|DEBUG|WARNING|ERROR|FATAL|PANIC|LOG): |\[(?<word>debug|info|warning|error)\])", RegexOptions.ExplicitCapture)]
    private static partial Regex LevelWords();
}
