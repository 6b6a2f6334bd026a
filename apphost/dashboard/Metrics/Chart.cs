using System.Globalization;
using System.Text;
using Platform.Dashboard.Pages;

namespace Platform.Dashboard.Metrics;

/// <summary>Lines over time as a picture.</summary>
internal static class Chart
{
    private const int Width = 560;
    private const int Height = 120;

    public static Html Of(Measure measure, DateTimeOffset from, DateTimeOffset to)
    {
        var top = Nice(measure.Series.SelectMany(series => series.Points).Select(point => point.Value).DefaultIfEmpty().Max());
        var lines = measure.Series.Select((series, index) => Html.Of($"""<polyline class="line{index}" points="{Points(series, from, to, top)}"/>"""));
        return Html.Of($"""
            <figure class="chart">
            <figcaption><strong>{measure.Name}</strong> <span class="unit">{measure.Unit}</span><span class="what">{measure.Description}</span></figcaption>
            <div class="plot"><span class="top" aria-hidden="true">{Words.Amount(top)}</span>
            <svg viewBox="0 0 {Width} {Height}" preserveAspectRatio="none" role="img" aria-label="{measure.Name}: {LatestOf(measure)}"><path class="rules" d="M0 1H{Width}M0 {Height / 2}H{Width}M0 {Height - 1}H{Width}"/>{lines}</svg></div>
            <ul class="legend">{measure.Series.Select((series, index) => Html.Of($"""<li class="line{index}"><span>{(series.Name.Length == 0 ? "now" : series.Name)}</span> <b>{Words.Amount(series.Points[^1].Value)}</b></li>"""))}</ul>
            {Html.When(measure.Traces.Count > 0, $"""<p class="examples">Traces: {measure.Traces.Select(example => Html.Of($"""<a href="/traces/{example.Trace}">{Words.Amount(example.Value)} {measure.Unit}</a> """))}</p>""")}
            </figure>
            """);
    }

    private static string LatestOf(Measure measure) => string.Join("; ", measure.Series.Select(series => $"{series.Name} {Words.Amount(series.Points[^1].Value)}".Trim()));

    private static string Points(Series series, DateTimeOffset from, DateTimeOffset to, double top)
    {
        var text = new StringBuilder();
        foreach (var (time, value) in series.Points)
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
        return new[] { 1d, 2, 5, 10 }.First(step => step * power >= highest * 0.999) * power;
    }
}
