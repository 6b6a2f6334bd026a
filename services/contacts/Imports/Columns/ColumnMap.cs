using Platform.CustomFields;
using Platform.Errors;

namespace Platform.Contacts.Imports.Columns;

/// <summary>Where in a row each field stands.</summary>
internal sealed class ColumnMap
{
    private readonly Dictionary<ImportField, List<int>> _places = [];

    private ColumnMap(string[] headers, CustomColumns custom) => (Headers, Custom) = (headers, custom);

    /// <summary>Columns of fields that the company defined.</summary>
    public CustomColumns Custom { get; }

    /// <summary>As they stand in the file.</summary>
    public string[] Headers { get; }

    /// <summary>Whether the file names people at all; a list of addresses does not.</summary>
    public bool HasNames => _places.Keys.Any(known => known is ImportField.Name or ImportField.FirstName or ImportField.LastName);

    /// <summary>Headers that matched no field.</summary>
    public List<string> Ignored { get; } = [];

    /// <summary>Reads the header; <paramref name="named"/> says what headers mean that are not known by themselves.</summary>
    public static Result<ColumnMap> Create(string[] headers, V1.ImportTarget target, IDictionary<string, string> named, TenantFields defined)
    {
        var (given, custom) = (new Dictionary<string, ImportField>(StringComparer.Ordinal), new CustomColumns(defined, target));
        foreach (var (header, field) in named)
        {
            if (custom.Knows(field))
                continue;
            if (ColumnNames.Find(field) is not { } known)
                return Error.Invalid("options.columns", $"There is no field '{field}'.");
            given[ColumnNames.Normalize(header)] = known;
        }

        var (map, fields) = (new ColumnMap(headers, custom), TargetFields.Of(target));
        for (var index = 0; index < headers.Length; index++)
        {
            var path = named.FirstOrDefault(pair => custom.Knows(pair.Value) && ColumnNames.Normalize(pair.Key) == ColumnNames.Normalize(headers[index])).Value;
            map.Place(index, path is not null ? null : fields.Accept(given.TryGetValue(ColumnNames.Normalize(headers[index]), out var chosen) ? chosen : ColumnNames.Find(headers[index])), path);
        }

        return map.Duplicates() is { Count: > 0 } duplicates
            ? ImportErrors.DuplicateColumns(duplicates)
            : fields.Check(map._places.Keys, headers) is { } missing ? missing : map;
    }

    /// <summary>The trimmed value of the field; where several columns mean it, the first that is not empty.</summary>
    public string Get(string[] row, ImportField field)
    {
        if (!_places.TryGetValue(field, out var places))
            return "";
        foreach (var place in places)
        {
            if (row[place].AsSpan().Trim() is { Length: > 0 } value)
                return value.ToString();
        }

        return "";
    }

    /// <summary>The header of the field, for error messages; empty where the file has none.</summary>
    public string HeaderOf(ImportField field) => _places.TryGetValue(field, out var places) ? Headers[places[0]] : "";

    // What the platform itself calls so goes first.
    private void Place(int index, ImportField? field, string? path)
    {
        if (field is not { } known)
        {
            if (!Custom.TryPlace(index, Headers[index], path))
                Ignored.Add(Headers[index]);
        }
        else if (_places.TryGetValue(known, out var places))
            places.Add(index);
        else
            _places[known] = [index];
    }

    private List<string> Duplicates() => [.. _places.Values.SelectMany(places => places)
        .GroupBy(place => ColumnNames.Normalize(Headers[place])).Where(group => group.Count() > 1).Select(group => Headers[group.First()])];
}
