using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Dashboard.Pages;

namespace Platform.Dashboard.Metrics;

/// <summary>What a resource measures, as charts.</summary>
internal sealed class MetricsPage(IRunningStack stack, Measures measures, TimeProvider time)
{
    private static readonly int[] Spans = [5, 15, 60];

    // What most people look for first; the others come after, by name.
    private static readonly string[] First = ["Microsoft.AspNetCore.Hosting", "System.Net.Http", "Npgsql", "System.Runtime"];

    public void Map(IEndpointRouteBuilder app) => app.MapGet("/metrics", (string? resource, string? q, int? minutes) => Show(resource, q, minutes ?? 15));

    private static int PlaceOf(string meter) => Array.IndexOf(First, meter) is >= 0 and var place ? place : First.Length;

    private Page Show(string? resource, string? text, int minutes)
    {
        var known = measures.Resources();
        var chosen = known.Contains(resource ?? "") ? resource! : known.Count == 0 ? null : known[0];
        var to = time.GetUtcNow();
        var from = to.AddMinutes(-Math.Clamp(minutes, 1, 60));
        var found = chosen is null ? [] : measures.Of(chosen, from)
            .Where(measure => measure.Series.Count > 0 && (string.IsNullOrWhiteSpace(text) || measure.Name.Contains(text.Trim(), StringComparison.OrdinalIgnoreCase))).ToList();
        // Right after a start the lines would all stand at the right edge.
        var first = found.SelectMany(measure => measure.Series).Select(series => series.Points[0].Time).DefaultIfEmpty(from).Min();
        return new Page("/metrics", "Metrics", Html.Of($"""
            <form class="filters" method="get" data-auto>
            {Filters.Search(text, "Search in names of metrics")}
            <select name="resource" aria-label="Resource">{known.Select(name => Filters.Option(name, name, name == chosen))}</select>
            <select name="minutes" aria-label="How far back">{Spans.Select(span => Filters.Option($"{span}", $"Last {span} minutes", span == minutes))}</select>
            <button type="submit">Search</button>
            </form>
            <div id="found" data-live>
            {Html.When(found.Count == 0, $"""<p class="empty">Nothing was measured yet. A resource reports ten seconds after its start.</p>""")}
            <div class="charts">{found.OrderBy(measure => PlaceOf(measure.Meter)).Select(measure => Chart.Of(measure, first, to))}</div>
            </div>
            """))
        { Instance = stack.Instance };
    }
}
