using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Dashboard.Pages;
using Platform.Dashboard.Storage;
using Platform.Dashboard.Telemetry;

namespace Platform.Dashboard.Logs;

/// <summary>The structured logs, each with its attributes and its trace.</summary>
internal sealed class LogsPage(IRunningStack stack, LogRecords records)
{
    private const int Most = 300;

    // Said by the record itself already, or of no use to anybody who looks.
    private static readonly string[] Left = ["{OriginalFormat}"];

    public void Map(IEndpointRouteBuilder app) => app.MapGet("/logs", (string? resource, string? q, string? level, string? trace) =>
        Show(new LogFilter(resource, q, Enum.TryParse<Level>(level, out var least) ? least : Level.Trace, trace)));

    private Page Show(LogFilter filter)
    {
        var found = records.Latest(filter, Most);
        return new Page("/logs", "Structured logs", Html.Of($"""
            <form class="filters" method="get" data-auto>
            {Filters.Search(filter.Text, "Search in messages and categories")}
            {Filters.Resource(stack.Resources.Select(resource => resource.Name), filter.Resource)}
            {Filters.Seriousness(filter.Least)}
            {Html.When(!string.IsNullOrEmpty(filter.Trace), $"""<input type="hidden" name="trace" value="{filter.Trace}"><a class="chip" href="/logs">Trace {Words.Short(filter.Trace)} ×</a>""")}
            <button type="submit">Search</button>
            </form>
            <div id="found" data-live>
            {Html.When(found.Count == 0, $"""<p class="empty">No record fits. The services log here from their first line on.</p>""")}
            {Html.When(found.Count > 0, $"""<table class="grid logs"><caption class="hidden">Log records</caption><thead><tr><th scope="col">Time</th><th scope="col">Resource</th><th scope="col">Level</th><th scope="col">Message</th><th scope="col">Trace</th></tr></thead><tbody>{found.Select(Row)}</tbody></table>""")}
            </div>
            """))
        { Instance = stack.Instance };
    }

    private static Html Row(KeptLog log) => Html.Of($"""
        <tr id="log{log.Id}" class="{log.Level.ToString().ToLowerInvariant()}">
        <td class="num"><time>{Words.Clock(log.Time)}</time></td>
        <td><a href="/resources/{log.Resource}" class="who {Tints.Of(log.Resource)}">{log.Resource}</a></td>
        <td><span class="level">{log.Level.ToString()}</span></td>
        <td class="wide"><details><summary>{log.Message}</summary>{FactsOf(log)}</details></td>
        <td>{Html.When(log.Trace is not null, $"""<a href="/traces/{log.Trace}#{log.Span}">{Words.Short(log.Trace)}</a>""")}</td>
        </tr>
        """);

    private static Html FactsOf(KeptLog log) => Facts.Of([("category", log.Category), .. log.Record.Attributes.Pairs().Where(pair => !Left.Contains(pair.Name)), ("span", log.Span ?? "")]);
}
