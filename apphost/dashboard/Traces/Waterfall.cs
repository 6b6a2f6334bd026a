namespace Platform.Dashboard.Traces;

/// <summary>A span in the order of the tree.</summary>
/// <param name="Span">The span.</param>
/// <param name="Depth">How many of the trace's spans it lies within.</param>
/// <param name="Start">Where it begins, as a share of the whole trace.</param>
/// <param name="Share">How long it takes, as a share of the whole trace.</param>
internal sealed record WaterfallRow(KeptSpan Span, int Depth, double Start, double Share);

/// <summary>Puts the spans of a trace under their parents, each once, each parent's in the order of time.</summary>
internal static class Waterfall
{
    public static IReadOnlyList<WaterfallRow> Of(IReadOnlyList<KeptSpan> spans)
    {
        if (spans.Count == 0)
            return [];
        var begin = spans.Min(span => span.Time);
        var whole = Math.Max(1, (spans.Max(span => span.Time + span.Duration) - begin).TotalMicroseconds);
        var known = spans.Select(span => span.Id).ToHashSet();
        // A span whose parent was not heard of stands at the top, or it would not be seen.
        var children = spans.ToLookup(span => span.Parent is { } parent && known.Contains(parent) && parent != span.Id ? parent : "");
        var rows = new List<WaterfallRow>(spans.Count);
        var placed = new HashSet<string>(spans.Count);
        // Spans that name each other as parents hang on none of those at the top; the earliest of them is put there.
        foreach (var top in children[""].Concat(spans))
            Place(top);
        return rows;

        void Place(KeptSpan top)
        {
            var open = new Stack<(KeptSpan Span, int Depth)>([(top, 0)]);
            while (open.TryPop(out var next))
            {
                if (!placed.Add(next.Span.Id))
                    continue;
                rows.Add(new WaterfallRow(next.Span, next.Depth, (next.Span.Time - begin).TotalMicroseconds / whole, next.Span.Duration.TotalMicroseconds / whole));
                foreach (var child in children[next.Span.Id].Reverse())
                    open.Push((child, next.Depth + 1));
            }
        }
    }
}
