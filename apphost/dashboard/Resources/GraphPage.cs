using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Platform.Dashboard.Pages;

namespace Platform.Dashboard.Resources;

/// <summary>Who needs whom, as a picture.</summary>
internal sealed class GraphPage(IRunningStack stack)
{
    private const int CellWidth = 230;
    private const int CellHeight = 62;
    private const int BoxWidth = 160;
    private const int BoxHeight = 42;
    private const int Margin = 16;

    public void Map(IEndpointRouteBuilder app) => app.MapGet("/graph", Show);

    private async Task<Page> Show(CancellationToken cancellationToken)
    {
        var resources = stack.Resources;
        var edges = await EdgesAsync(resources, cancellationToken);
        var nodes = GraphLayout.Of(resources, GraphLayout.WithoutCircles(edges));
        var tallest = nodes.GroupBy(node => node.Column).Max(column => column.Count());
        var places = nodes.ToDictionary(node => node.Resource.Name, node => PlaceOf(node, nodes, tallest));
        var (width, height) = ((nodes.Max(node => node.Column) + 1) * CellWidth - CellWidth + BoxWidth + 2 * Margin, tallest * CellHeight + 2 * Margin);
        return new Page("/graph", "Graph", Html.Of($"""
            <p class="lead"><span class="key wait">waits for</span> <span class="key name">is given the address of</span> What is needed stands at the left.</p>
            <div class="graph" id="graph" data-live>
            <svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="group" aria-label="Resources and what they need">
            <g aria-hidden="true">{edges.Select(edge => Arrow(places[edge.To], places[edge.From], edge))}</g>
            {nodes.Select(node => Box(node.Resource, places[node.Resource.Name]))}
            </svg>
            <ul class="hidden">{edges.Select(edge => Html.Of($"<li>{edge.From} {(edge.IsWait ? "waits for" : "is given the address of")} {edge.To}</li>"))}</ul>
            </div>
            """))
        { Instance = stack.Instance };
    }

    private async Task<IReadOnlyList<Edge>> EdgesAsync(IReadOnlyList<RunningResource> resources, CancellationToken cancellationToken)
    {
        var edges = new List<Edge>();
        foreach (var resource in resources)
        {
            edges.AddRange(resource.WaitsFor.Select(other => new Edge(resource.Name, other, IsWait: true)));
            var named = await stack.ReferencesOfAsync(resource.Name, cancellationToken);
            edges.AddRange(named.Except(resource.WaitsFor).Where(other => other != resource.Name).Select(other => new Edge(resource.Name, other, IsWait: false)));
        }

        return [.. edges.Distinct().Where(edge => resources.Any(resource => resource.Name == edge.To))];
    }

    private static (int X, int Y) PlaceOf(Node node, IReadOnlyList<Node> all, int tallest)
    {
        var inColumn = all.Count(other => other.Column == node.Column);
        return (Margin + node.Column * CellWidth, Margin + (tallest - inColumn) * CellHeight / 2 + node.Row * CellHeight);
    }

    private static Html Arrow((int X, int Y) from, (int X, int Y) to, Edge edge)
    {
        // Two that name each other have one line between the sides that face each other.
        var (left, right) = from.X <= to.X ? (from, to) : (to, from);
        var (x1, y1, y2) = (left.X + BoxWidth, left.Y + BoxHeight / 2, right.Y + BoxHeight / 2);
        var (x2, bend) = left.X == right.X ? (x1, 36) : (right.X, (right.X - x1) / 2);
        var (out1, out2) = (x1 + bend, left.X == right.X ? x2 + bend : x2 - bend);
        return Html.Of($"""<path class="edge {(edge.IsWait ? "wait" : "name")}" data-from="{edge.From}" data-to="{edge.To}" d="M{x1} {y1}C{out1} {y1} {out2} {y2} {x2} {y2}"/>""");
    }

    private static Html Box(RunningResource resource, (int X, int Y) place) => Html.Of($"""
        <a href="/resources/{resource.Name}" class="node {resource.Mood}" data-node="{resource.Name}">
        <rect x="{place.X}" y="{place.Y}" width="{BoxWidth}" height="{BoxHeight}" rx="8"/><circle cx="{place.X + 16}" cy="{place.Y + BoxHeight / 2}" r="5"/>
        <text x="{place.X + 30}" y="{place.Y + 18}">{resource.Name}</text><text class="small" x="{place.X + 30}" y="{place.Y + 33}">{resource.Words}</text></a>
        """);
}
