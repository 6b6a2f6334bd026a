using System.Globalization;

namespace Platform.Sidecar.Hosting;

/// <summary>Sizes as daprd writes them: <c>4Mi</c>, <c>500k</c>, <c>1048576</c>.</summary>
internal static class ByteSize
{
    private static readonly (string Suffix, long Factor)[] Units =
    [
        ("Ki", 1L << 10), ("Mi", 1L << 20), ("Gi", 1L << 30), ("k", 1_000), ("K", 1_000), ("M", 1_000_000), ("G", 1_000_000_000),
    ];

    public static long Parse(string text)
    {
        var number = text.Trim();
        var factor = 1L;
        foreach (var unit in Units)
        {
            if (!number.EndsWith(unit.Suffix, StringComparison.Ordinal))
                continue;
            (factor, number) = (unit.Factor, number[..^unit.Suffix.Length]);
            break;
        }

        return decimal.TryParse(number, NumberStyles.Number, CultureInfo.InvariantCulture, out var value) && value >= 0
            ? (long)(value * factor)
            : throw new StartupException($"'{text}' is not a size; write it like 4Mi");
    }
}
