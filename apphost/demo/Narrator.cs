using System.Diagnostics;
using Spectre.Console;

namespace Platform.Demo;

/// <summary>Tells each step with its timing, and at the end what happened.</summary>
internal sealed class Narrator(IAnsiConsole console)
{
    private const int WidthWithoutTerminal = 160;

    private readonly List<(string Step, TimeSpan Duration, bool Passed, string Outcome)> _steps = [];

    /// <summary>Speaks on the standard output.</summary>
    public static Narrator OnConsole()
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthWithoutTerminal;
        return new Narrator(AnsiConsole.Console);
    }

    /// <summary>Runs a step; what it returns is its outcome in words. A failed step does not stop those that do not need it.</summary>
    public async Task<bool> StepAsync(string title, Func<Task<string>> run)
    {
        console.MarkupLineInterpolated($"[bold]{_steps.Count + 1,2}.[/] {title}");
        var started = Stopwatch.GetTimestamp();
        try
        {
            Record(title, started, true, await run());
        }
        catch (Exception exception) when (exception is DemoFailedException or HttpRequestException or TaskCanceledException or IOException or UnauthorizedAccessException)
        {
            Record(title, started, false, exception.Message);
        }

        return _steps[^1].Passed;
    }

    /// <summary>A detail of the running step, indented; so is what does not fit into its line.</summary>
    public void Detail(FormattableString text) => console.Write(new Padder(Markup.FromInterpolated(text), new Padding(left: 6, 0, 0, 0)));

    /// <summary>The table of what happened; true when all of it did.</summary>
    public bool Finish()
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("").AddColumn("Step").AddColumn("Outcome").AddColumn(new TableColumn("Time").RightAligned());
        foreach (var (step, duration, passed, outcome) in _steps)
            table.AddRow(passed ? "[green]ok[/]" : "[red]failed[/]", step.EscapeMarkup(), outcome.EscapeMarkup(), Time(duration));
        console.WriteLine();
        console.Write(table);
        var failed = _steps.Count(step => !step.Passed);
        console.MarkupLine(failed == 0 ? $"[green bold]All {_steps.Count} steps did what they should.[/]" : $"[red bold]{failed} of {_steps.Count} steps failed.[/]");
        return failed == 0;
    }

    private void Record(string title, long started, bool passed, string outcome)
    {
        var duration = Stopwatch.GetElapsedTime(started);
        _steps.Add((title, duration, passed, outcome));
        Detail($"{(passed ? "→" : "✗")} {outcome} [dim]({Time(duration)})[/]");
    }

    private static string Time(TimeSpan duration) => duration.TotalSeconds >= 1 ? $"{duration.TotalSeconds:0.0} s" : $"{duration.TotalMilliseconds:0} ms";
}
