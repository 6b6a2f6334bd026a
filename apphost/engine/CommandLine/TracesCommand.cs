using Microsoft.Data.Sqlite;
using Platform.Dashboard.Pages;
using Platform.Dashboard.Storage;
using Platform.Dashboard.Traces;
using Platform.LocalHost.Display;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Running;
using Spectre.Console;

namespace Platform.LocalHost.CommandLine;

/// <summary>Prints what the dashboard keeps of traces: a list, or the latest one as a tree.</summary>
internal static class TracesCommand
{
    private const int Most = 30;

    public static int Run(Instance instance, bool last)
    {
        if (!File.Exists(instance.DashboardFile))
            return LocalCommands.SayNotRunning(instance.Name);
        try
        {
            Show(new Traces(new Database(instance.DashboardFile, readOnly: true)), last);
            return 0;
        }
        catch (SqliteException failure)
        {
            throw new StackException($"{instance.DashboardFile} cannot be read: {failure.Message}", failure);
        }
    }

    private static void Show(Traces traces, bool last)
    {
        var found = traces.Latest(new TraceFilter(), last ? 1 : Most);
        if (found.Count == 0)
            Terminal.Line("Nothing was traced yet.");
        else if (last)
            ShowSpans(found[0], traces.SpansOf(found[0].Id));
        else
            Terminal.Show(TableOf(found));
    }

    private static Table TableOf(IReadOnlyList<TraceSummary> traces)
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).AddColumns("Begun", "Resource", "Name", "Spans", "Duration", "Trace");
        foreach (var trace in traces)
        {
            table.AddRow(Words.Moment(trace.Time), Markup.Escape(trace.Resource), (trace.Failures > 0 ? "[red]●[/] " : "") + Markup.Escape(trace.Name), $"{trace.Spans}", Words.Duration(trace.Duration), trace.Id);
        }

        return table;
    }

    private static void ShowSpans(TraceSummary trace, IReadOnlyList<KeptSpan> spans)
    {
        Terminal.Line($"{trace.Name}, {Words.Plural(trace.Spans, "span", "spans")}, {Words.Duration(trace.Duration)}, trace {trace.Id}");
        foreach (var row in Waterfall.Of(spans))
            Terminal.Line($"{Words.Duration(row.Span.Duration),10}  {new string(' ', row.Depth * 2)}{(row.Span.Failed ? "✗ " : "")}{row.Span.Resource}: {row.Span.Name}");
        if (spans.Count < trace.Spans)
            Terminal.Line($"The first {spans.Count} spans are shown.");
    }
}
