using Platform.Importing.Columns;

namespace Platform.Contacts.Imports.Rows;

/// <summary>Names of countries that stand in files instead of their code, in English, German and Russian; <c>countries.txt</c> lists them.</summary>
internal static class Countries
{
    private static readonly Dictionary<string, string> Codes = Load();

    /// <summary>The code of ISO 3166-1 alpha-2; what is not known stays as it is, for the validator to refuse.</summary>
    public static string ToCode(string country) => Find(country) ?? (country.Length == 2 ? country.ToUpperInvariant() : country);

    // "Holy See (Vatican City State)" and "Iran, Islamic Republic of" are also known by their first words.
    private static string? Find(string country) =>
        Codes.GetValueOrDefault(Key(country)) ?? (country.IndexOfAny(['(', ',']) is var end and > 0 ? Codes.GetValueOrDefault(Key(country[..end])) : null);

    private static string Key(string name)
    {
        var key = HeaderText.Normalize(name.Replace("&", " and ", StringComparison.Ordinal));
        return key.StartsWith("the", StringComparison.Ordinal) && name.StartsWith("the ", StringComparison.OrdinalIgnoreCase) ? key[3..] : key;
    }

    private static Dictionary<string, string> Load()
    {
        using var stream = typeof(Countries).Assembly.GetManifestResourceStream("countries.txt")!;
        using var reader = new StreamReader(stream);
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
        {
            foreach (var name in line[4..].Split(';'))
                codes.TryAdd(Key(name.Trim()), line[..2]);
        }

        return codes;
    }
}
