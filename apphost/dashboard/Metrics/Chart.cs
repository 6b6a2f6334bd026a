using System.Globalization;
using System.Text;
using Platform.Dashboard.Pages;

namespace Platform.Dashboard.Metrics;

/// <summary>Lines over time as a picture.</summary>
internal static class Chart
{
    private const int Width = 560;
    private const int Height = 120;
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(45);

    public static Html Of(Measure measure, DateTimeOffset from, DateTimeOffset to)
    {
        var top = Nice(measure.Series.SelectMany(series => series.Points).Select(point => point.Value).DefaultIfEmpty().Max());
        var lines = measure.Series.SelectMany((series, index) => Pieces(series).Select(piece => Html.Of($"""<polyline class="line{index}" points="{Points(piece, from, to, top)}"/>""")));
        return Html.Of($"""
            <figure class="chart">
            <figcaption><strong>{measure.Name}</strong> <span class="unit">{UnitOf(measure)}</span><span class="what">{measure.Meter}</span><span class="what">{measure.Description}</span></figcaption>
            <div class="plot"><span class="top" aria-hidden="true">{Text(top, measure)}</span>
            <svg viewBox="0 0 {Width} {Height}" preserveAspectRatio="none" role="img" aria-label="{measure.Name}: {LatestOf(measure)}"><path class="rules" d="M0 1H{Width}M0 {Height / 2}H{Width}M0 {Height - 1}H{Width}"/>{lines}</svg></div>
            <ul class="legend">{measure.Series.Select((series, index) => Html.Of($"""<li class="line{index}"><span>{(series.Name.Length == 0 ? "now" : series.Name)}</span> <b>{Text(series.Points[^1].Value, measure)}</b></li>"""))}</ul>
            {Html.When(measure.Traces.Count > 0, $"""<p class="examples">Traces: {measure.Traces.Select(example => Html.Of($"""<a href="/traces/{example.Trace}">{Text(example.Value, measure)}</a> """))}</p>""")}
            </figure>
            """);
    }

    private static string LatestOf(Measure measure) => string.Join("; ", measure.Series.Select(series => $"{series.Name} {Text(series.Points[^1].Value, measure)}".Trim()));

    private static string UnitOf(Measure measure) => measure.Unit is "s" or "By" or "By/s" ? "" : measure.Unit;

    private static string Text(double value, Measure measure) => measure.Unit switch
    {
        "s" => Words.Duration(TimeSpan.FromSeconds(value)),
        "By" => $"{Words.Amount(value / (1 << 20))} MiB",
        "By/s" => $"{Words.Amount(value / (1 << 20))} MiB/s",
        _ => Words.Amount(value),
    };

    // While a resource did not run there was nothing to measure: the line has a gap there.
    private static IEnumerable<IReadOnlyList<(DateTimeOffset Time, double Value)>> Pieces(Series series)
    {
        var begin = 0;
        for (var index = 1; index <= series.Points.Count; index++)
        {
            if (index < series.Points.Count && series.Points[index].Time - series.Points[index - 1].Time < LongestStep)
                continue;
            yield return [.. series.Points.Skip(begin).Take(index - begin)];
            begin = index;
        }
    }

    private static string Points(IReadOnlyList<(DateTimeOffset Time, double Value)> points, DateTimeOffset from, DateTimeOffset to, double top)
    {
        var text = new StringBuilder();
        foreach (var (time, value) in points)
        {
            var x = (time - from) / (to - from) * Width;
            text.Append(CultureInfo.InvariantCulture, $"{x:0.#},{Height - 1 - value / top * (Height - 4):0.#} ");
        }

        return text.ToString();
    }

    // The next of 1, 2 and 5 times a power of ten, so that the number at the axis can be read.
    private static double Nice(double highest)
    {
        if (highest <= 0 || !double.IsFinite(highest))
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(highest)));
        // Of the smallest numbers there are, the power is 0.
        return power == 0 ? 1 : new[] { 1d, 2, 5, 10 }.First(step => step * power >= highest * 0.999) * power;
    }
}
