using System.Globalization;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Resources;

/// <summary>Reads metadata of a component that are more than text; null where they are missing.</summary>
internal static class SpecValues
{
    /// <exception cref="StartupException">It is not a whole number from zero up.</exception>
    public static int? Number(this ComponentSpec spec, string key) => spec[key] is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new StartupException($"{key}: '{text}' is not a number");

    /// <exception cref="StartupException">It is not a number from zero up.</exception>
    public static double? Fraction(this ComponentSpec spec, string key) => spec[key] is not { } text ? null
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number
        : throw new StartupException($"{key}: '{text}' is not a number");

    /// <summary>A duration as Go writes it, or a number of seconds.</summary>
    /// <exception cref="StartupException">It is neither.</exception>
    public static TimeSpan? Duration(this ComponentSpec spec, string key) => spec[key] is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
        : GoDuration.Parse(text, key);

    public static bool Flag(this ComponentSpec spec, string key, bool otherwise) => spec[key] is null ? otherwise : spec.Flag(key);

    /// <exception cref="StartupException">It is none of them.</exception>
    public static string OneOf(this ComponentSpec spec, string key, params ReadOnlySpan<string> words)
    {
        var value = spec[key] ?? words[0];
        foreach (var word in words)
        {
            if (word.Equals(value, StringComparison.OrdinalIgnoreCase))
                return word;
        }

        throw new StartupException($"{key}: '{value}' is not one of {string.Join(", ", words)}");
    }
}
