using CsvHelper;

namespace Platform.Importing.Reading;

/// <summary>The fields of one record.</summary>
internal static class CsvFields
{
    // A record is small: the default buffer of 64 KiB would be rented for each.
    private static readonly CsvReaderOptions Defaults = new() { HasHeader = false, SkipEmptyLines = false, DetectSeparatorHint = false, BufferSize = 4096 };

    private static readonly Dictionary<char, CsvReaderOptions> Options = Separators.All.ToDictionary(separator => separator, separator => Defaults with { Separator = separator });

    public static string[] Split(string record, char separator)
    {
        using var reader = CsvReader.FromText(record, Options[separator]);
        if (!reader.Read())
            return [];
        var fields = new string[reader.FieldCount];
        for (var index = 0; index < fields.Length; index++)
            fields[index] = reader.GetString(index);
        return fields;
    }
}
