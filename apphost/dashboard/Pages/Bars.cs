using System.Globalization;

namespace Platform.Dashboard.Pages;

/// <summary>Bars on a line of time.</summary>
internal static class Bars
{
    // The shortest is still seen.
    private const double Least = 0.003;

    /// <summary>A bar within a track.</summary>
    /// <param name="start">Where it begins, as a share of the track.</param>
    /// <param name="share">How long it is, as a share of the track.</param>
    /// <param name="tint">The class of its colour.</param>
    public static Html Of(double start, double share, string tint)
    {
        var width = Math.Clamp(share, Least, 1);
        var x = Math.Clamp(start, 0, 1 - width);
        return new Html(string.Create(CultureInfo.InvariantCulture,
            $"""<svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true"><rect class="{tint}" x="{x * 1000:0.##}" y="0" width="{width * 1000:0.##}" height="10" rx="2"/></svg>"""));
    }
}
