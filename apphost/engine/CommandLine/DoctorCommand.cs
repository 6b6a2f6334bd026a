using Platform.LocalHost.Checkup;
using Platform.LocalHost.Display;
using Platform.LocalHost.Hosting;
using Spectre.Console;

namespace Platform.LocalHost.CommandLine;

/// <summary>Says what this machine has of what the stack needs, what is missing, and how to get it.</summary>
internal static class DoctorCommand
{
    /// <summary>1 where something is missing that the stack does not run without.</summary>
    public static async Task<int> RunAsync(LocalApplicationBuilder builder, CancellationToken cancellationToken)
    {
        var findings = await Machine.ExamineAsync(builder, cancellationToken);
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).AddColumns("", "What", "Found", "What to do");
        foreach (var finding in findings)
            table.AddRow(MarkOf(finding.Verdict), Markup.Escape(finding.What), Markup.Escape(finding.Found), Markup.Escape(finding.Advice));
        Terminal.Show(table);
        return findings.Any(finding => finding.Verdict == Verdict.Missing) ? LocalCommands.Failed : 0;
    }

    private static string MarkOf(Verdict verdict) => verdict switch
    {
        Verdict.Good => "[green]ok[/]",
        Verdict.Optional => "[yellow]--[/]",
        _ => "[red]no[/]",
    };
}
