using System.Globalization;
using Platform.CustomFields.V1;
using Platform.Metadata.Shapes;
using static Platform.Metadata.Resources.Language;

namespace Platform.Metadata.Themes;

/// <summary>Whether people can read a theme: the contrast of WCAG 2.2 between what stands on what.</summary>
internal static class Contrast
{
    private const double ForText = 4.5;
    private const double ForEdges = 3;

    // What is seen, on what, and how far apart they have to be.
    private static readonly (string Front, string Back, double Least)[] Pairs =
    [
        ("text", "background", ForText), ("text", "surface", ForText), ("muted_text", "background", ForText), ("muted_text", "surface", ForText),
        ("on_primary", "primary", ForText), ("link", "background", ForText), ("link", "surface", ForText), ("danger", "background", ForText), ("danger", "surface", ForText),
        ("primary", "background", ForEdges), ("primary", "surface", ForEdges), ("outline", "background", ForEdges), ("outline", "surface", ForEdges),
    ];

    public static IReadOnlyList<Fault> FaultsOf(V1.Theme theme) =>
        [.. FaultsOf("light", Palette.Whole(theme.Light, Palette.Light)), .. FaultsOf("dark", Palette.Whole(theme.Dark, Palette.Dark))];

    /// <summary>1 for the same colour, 21 for black and white.</summary>
    public static double Between(string front, string back)
    {
        var (a, b) = (Luminance(front), Luminance(back));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static IEnumerable<Fault> FaultsOf(string mode, ThemeColors colors)
    {
        foreach (var (front, back, least) in Pairs)
        {
            var (one, other) = (ShapeMessage.Text(colors, front), ShapeMessage.Text(colors, back));
            var ratio = Between(one, other);
            if (ratio >= least)
                continue;
            // Rounded down, so that a refused 4.499 does not look like what was asked for.
            var (has, needs) = ((Math.Floor(ratio * 100) / 100).ToString("0.00", CultureInfo.InvariantCulture), least.ToString("0.0", CultureInfo.InvariantCulture));
            yield return new Fault($"{mode}.{ShapeMessage.JsonName(front)}", Say(
                $"{front} {one} on {back} {other} has a contrast of {has}:1 and needs {needs}:1: make one of them lighter or darker.",
                $"{front} {one} auf {back} {other} hat einen Kontrast von {has}:1 und braucht {needs}:1: machen Sie eine der Farben heller oder dunkler.",
                $"{front} {one} на {back} {other}: контраст {has}:1, нужно {needs}:1, сделайте один из цветов светлее или темнее."))
            { Code = "THEME_CONTRAST" };
        }
    }

    private static double Luminance(string color) => (0.2126 * Channel(color, 1)) + (0.7152 * Channel(color, 3)) + (0.0722 * Channel(color, 5));

    private static double Channel(string color, int at)
    {
        var value = int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }
}
