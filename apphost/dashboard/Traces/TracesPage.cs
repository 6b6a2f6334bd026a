using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Dashboard.Logs;
using Platform.Dashboard.Pages;
using Platform.Dashboard.Storage;
using Platform.Dashboard.Telemetry;
using Platform.Dashboard.Telemetry.Otlp;

namespace Platform.Dashboard.Traces;

/// <summary>The list of traces, and each as a waterfall.</summary>
internal sealed class TracesPage(IRunningStack stack, Traces traces, LogRecords logs)
{
    private const int Most = 100;
    private const int DeepestIndent = 12;
    private const int MostLogs = 500;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/traces", (string? resource, string? q, string? failed, string? background) => List(new TraceFilter(resource, q, failed is not null, background is not null)));
        app.MapGet("/traces/{id}", Show);
    }

    private Page List(TraceFilter filter)
    {
        var found = traces.Latest(filter, Most);
        var longest = Math.Max(1, found.Select(trace => trace.Duration.TotalMicroseconds).DefaultIfEmpty().Max());
        return new Page("/traces", "Traces", Html.Of($"""
            <form class="filters" method="get" data-auto>
            {Filters.Search(filter.Text, "Search in names of spans")}
            {Filters.Resource(stack.Resources.Select(resource => resource.Name), filter.Resource)}
            <label class="switch"><input type="checkbox" name="failed"{Filters.Checked(filter.Failed)}> Failed</label>
            <label class="switch"><input type="checkbox" name="background"{Filters.Checked(filter.Background)}> Background work too</label>
            <button type="submit">Search</button>
            </form>
            <div id="found" data-live>
            {Html.When(found.Count == 0, $"""<p class="empty">No trace fits. Open the application, or play the demo: <code>dotnet run --project apphost -- demo</code></p>""")}
            {Html.When(found.Count > 0, $"""<table class="grid"><caption class="hidden">Traces</caption><thead><tr><th scope="col">Begun</th><th scope="col">Name</th><th scope="col">Spans</th><th scope="col" class="num">Duration</th><th scope="col"><span class="hidden">Length</span></th></tr></thead><tbody>{found.Select(trace => Row(trace, longest))}</tbody></table>""")}
            </div>
            """))
        { Instance = stack.Instance };
    }

    private static Html Row(TraceSummary trace, double longest) => Html.Of($"""
        <tr id="t{trace.Id}">
        <td class="num"><time>{Words.Clock(trace.Time)}</time></td>
        <td class="wide"><a href="/traces/{trace.Id}"><span class="who {Tints.Of(trace.Resource)}">{trace.Resource}</span> {trace.Name}</a>{Html.When(trace.Failures > 0, $"""<span class="mood bad">{Words.Plural(trace.Failures, "failure", "failures")}</span>""")}</td>
        <td><span class="parts">{trace.Parts.Select(part => Html.Of($"""<span class="part {Tints.Of(part.Resource)}">{part.Resource} {part.Spans}</span>"""))}</span></td>
        <td class="num">{Words.Duration(trace.Duration)}</td>
        <td class="bar">{Bars.Of(0, trace.Duration.TotalMicroseconds / longest, Tints.Of(trace.Resource))}</td>
        </tr>
        """);

    private Page Show(string id)
    {
        var spans = traces.SpansOf(id);
        if (spans.Count == 0)
            return new Page("/traces", "No such trace", Html.Of($"""<p class="empty">It may have made room for later ones.</p>""")) { Instance = stack.Instance, Above = ("/traces", "Traces"), Status = StatusCodes.Status404NotFound };
        var count = traces.CountOf(id);
        var rows = Waterfall.Of(spans);
        var whole = spans.Max(span => span.Time + span.Duration) - spans[0].Time;
        var said = logs.Latest(new LogFilter(null, null, Level.Trace, id), MostLogs).ToLookup(log => log.Span);
        return new Page("/traces", rows[0].Span.Name, Html.Of($"""
            <p class="lead">{Words.Plural(count, "span", "spans")} of {Words.Plural(spans.Select(span => span.Resource).Distinct().Count(), "resource", "resources")}, {Words.Duration(whole)}, begun {Words.Moment(spans[0].Time)}. Trace <code>{id}</code></p>
            {Html.When(count > spans.Count, $"""<p class="note">The first {spans.Count} spans are shown.</p>""")}
            <div class="waterfall">
            <div class="axis" aria-hidden="true"><span></span><div>{Enumerable.Range(0, 5).Select(step => Html.Of($"<span>{Words.Duration(whole * step / 4)}</span>"))}</div></div>
            {rows.Select(row => SpanOf(row, said[row.Span.Id]))}
            </div>
            """))
        {
            Instance = stack.Instance,
            Above = ("/traces", "Traces"),
            Tools = Html.Of($"""<a class="button" href="/logs?trace={Uri.EscapeDataString(id)}">Its logs</a>"""),
        };
    }

    private static Html SpanOf(WaterfallRow row, IEnumerable<KeptLog> said)
    {
        var span = row.Span;
        KeptLog[] logs = [.. said.Reverse()];
        return Html.Of($"""
            <details class="span{new Html(span.Failed ? " failed" : "")}" id="{span.Id}"><summary>
            <span class="label d{Math.Min(row.Depth, DeepestIndent)}"><span class="who {Tints.Of(span.Resource)}">{span.Resource}</span> {NameOf(span)}{Html.When(logs.Length > 0, $"""<span class="count" title="log records">{logs.Length}</span>""")}</span>
            <span class="track">{Bars.Of(row.Start, row.Share, span.Failed ? "bad" : Tints.Of(span.Resource))}</span>
            <span class="took">{Words.Duration(span.Duration)}</span>
            </summary>
            {Facts.Of([("kind", KindOf(span.Kind)), ("status", span.Span.Status?.Message ?? ""), .. span.Span.Attributes.Pairs(), ("span", span.Id)])}
            {Html.When(span.Span.Events.Count > 0, $"""<ul class="events">{span.Span.Events.Select(one => Html.Of($"<li><strong>{one.Name}</strong> {string.Join(", ", one.Attributes.Pairs().Select(pair => $"{pair.Name}: {pair.Value}"))}</li>"))}</ul>""")}
            {Html.When(logs.Length > 0, $"""<ul class="events">{logs.Select(log => Html.Of($"""<li class="{log.Level.ToString().ToLowerInvariant()}"><time>{Words.Clock(log.Time)}</time> <span class="level">{log.Level.ToString()}</span> {log.Message}</li>"""))}</ul>""")}
            </details>
            """);
    }

    // A database's spans are called by the database; what it was asked says more.
    private static string NameOf(KeptSpan span)
    {
        var statement = span.Span.Attributes.Text("db.query.text") ?? span.Span.Attributes.Text("db.statement");
        // Of several at once, the last one is what the others prepare.
        return statement?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() is { } last
            ? $"{span.Name}: {string.Join(' ', last.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(12))}"
            : span.Name;
    }

    private static string KindOf(SpanKind kind) => kind is SpanKind.Unspecified ? "" : kind.ToString().ToLowerInvariant();
}
