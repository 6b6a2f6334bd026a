using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Dashboard.Pages;
using Platform.Dashboard.Storage;

namespace Platform.Dashboard.ConsoleLogs;

/// <summary>What all resources print, merged: searched, filtered, followed, cleared.</summary>
internal sealed class ConsolePage(IRunningStack stack, ConsoleLines lines)
{
    private const int Most = 1_000;

    public void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/console", (HttpRequest request) => Show(FilterOf(request)));
        app.MapGet("/console/lines", (HttpRequest request, long after) => Lines(FilterOf(request), after));
        app.MapGet("/console/download", (HttpRequest request) => Download(FilterOf(request)));
        app.MapPost("/console/clear", async (HttpRequest request) =>
        {
            await lines.ClearAsync(FilterOf(request).Resources);
            return Results.LocalRedirect("/console" + request.QueryString);
        });
    }

    private static ConsoleFilter FilterOf(HttpRequest request) => new(
        [.. request.Query["resource"].OfType<string>().Where(name => name.Length > 0)],
        request.Query["q"],
        Enum.TryParse<Level>(request.Query["level"], out var level) ? level : Level.Trace);

    private Page Show(ConsoleFilter filter)
    {
        var shown = lines.Last(filter, Most);
        return new Page("/console", "Console", Html.Of($"""
            <form class="filters" method="get" data-auto>
            {Filters.Search(filter.Text, "Search in the output")}
            {Filters.Resources(stack.Resources.Select(resource => resource.Name), filter.Resources)}
            {Filters.Seriousness(filter.Least)}
            <button type="submit">Search</button>
            </form>
            <div class="lines" id="lines" tabindex="0" role="log" aria-label="Output" data-follow="/console/lines" data-last="{LastOf(shown, 0)}">{shown.Select(Row)}</div>
            {Html.When(shown.Count == 0, $"""<p class="empty">No line fits.</p>""")}
            """))
        {
            Instance = stack.Instance,
            Tools = Html.Of($"""
                <label class="switch"><input type="checkbox" id="follow" checked> Follow</label>
                <a class="button" href="/console/download{QueryOf(filter)}" download="console.log">Download</a>
                <form method="post" action="/console/clear{QueryOf(filter)}"><button type="submit" class="quiet">Clear</button></form>
                """),
        };
    }

    // The new lines as markup, and where to go on from in a header.
    private Fragment Lines(ConsoleFilter filter, long after)
    {
        var found = lines.After(after, filter, Most);
        return new Fragment(Html.Of($"{found.Select(Row)}"), LastOf(found, after));
    }

    private IResult Download(ConsoleFilter filter) => Results.Text(
        string.Concat(lines.Last(filter, int.MaxValue).Select(line => $"{line.Time.ToLocalTime().ToString("O", CultureInfo.InvariantCulture)} {line.Resource} | {line.Text}\n")), "text/plain; charset=utf-8");

    private static long LastOf(IReadOnlyList<ConsoleLine> lines, long otherwise) => lines.Count == 0 ? otherwise : lines[^1].Id;

    private static string QueryOf(ConsoleFilter filter)
    {
        var query = new Microsoft.AspNetCore.Http.Extensions.QueryBuilder();
        foreach (var resource in filter.Resources)
            query.Add("resource", resource);
        if (!string.IsNullOrWhiteSpace(filter.Text))
            query.Add("q", filter.Text);
        if (filter.Least > Level.Trace)
            query.Add("level", filter.Least.ToString());
        return query.ToString();
    }

    private static Html Row(ConsoleLine line) => Html.Of(
        $"""<div class="line {line.Level.ToString().ToLowerInvariant()}"><time>{Words.Clock(line.Time)}</time><b class="who {Tints.Of(line.Resource)}">{line.Resource}</b><span>{line.Text}</span></div>""");
}
