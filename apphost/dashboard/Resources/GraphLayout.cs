namespace Platform.Dashboard.Resources;

/// <summary>An arrow from a resource to one that it needs.</summary>
/// <param name="From">Who needs.</param>
/// <param name="To">What is needed.</param>
/// <param name="IsWait">It is waited for; else only named.</param>
internal sealed record Edge(string From, string To, bool IsWait);

/// <summary>Where a resource stands in the picture.</summary>
internal sealed record Node(RunningResource Resource, int Column, int Row);

/// <summary>Puts each resource one column to the right of everything that it needs.</summary>
internal static class GraphLayout
{
    public static IReadOnlyList<Node> Of(IReadOnlyList<RunningResource> resources, IReadOnlyList<Edge> edges)
    {
        var columns = resources.ToDictionary(resource => resource.Name, _ => 0);
        // Each round moves what stands too far to the left; a circle would go on for ever.
        for (var round = 0; round < resources.Count; round++)
        {
            var moved = false;
            foreach (var edge in edges.Where(edge => columns.ContainsKey(edge.From) && columns.ContainsKey(edge.To) && columns[edge.From] <= columns[edge.To] && columns[edge.To] + 1 < resources.Count))
                (columns[edge.From], moved) = (columns[edge.To] + 1, true);
            if (!moved)
                break;
        }

        var used = columns.Values.Distinct().Order().ToList();
        return [.. resources.GroupBy(resource => used.IndexOf(columns[resource.Name])).SelectMany(column => column.Select((resource, row) => new Node(resource, column.Key, row)))];
    }

    /// <summary>Without arrows that close a circle, which two resources make that name each other.</summary>
    public static IReadOnlyList<Edge> WithoutCircles(IReadOnlyList<Edge> edges)
    {
        var kept = new List<Edge>();
        foreach (var edge in edges.OrderByDescending(edge => edge.IsWait))
        {
            if (!Reaches(edge.To, edge.From, kept))
                kept.Add(edge);
        }

        return kept;
    }

    private static bool Reaches(string from, string to, List<Edge> edges) =>
        from == to || edges.Where(edge => edge.From == from).Any(edge => Reaches(edge.To, to, edges));
}
