namespace Platform.Importing.Columns;

/// <summary>Where in a row each field stands.</summary>
/// <typeparam name="TField">What a column can hold beside custom fields.</typeparam>
public sealed class ColumnMap<TField>
    where TField : struct, Enum
{
    private readonly Dictionary<TField, List<int>> _places = [];

    // What the caller calls columns, by their places.
    private readonly Dictionary<int, string> _called = [];

    internal ColumnMap(string[] headers, CustomColumns custom) => (Headers, Custom) = (headers, custom);

    /// <summary>Columns of fields that the company defined.</summary>
    public CustomColumns Custom { get; }

    /// <summary>As they stand in the file.</summary>
    public string[] Headers { get; }

    /// <summary>The fields that the file has.</summary>
    public IReadOnlyCollection<TField> Fields => _places.Keys;

    /// <summary>Headers that matched no field.</summary>
    public List<string> Ignored { get; } = [];

    /// <summary>Headers that stand more than once.</summary>
    internal List<string> Duplicates => [.. _places.Values.SelectMany(places => places)
        .GroupBy(place => HeaderText.Normalize(Headers[place])).Where(group => group.Count() > 1).Select(group => Headers[group.First()])];

    /// <summary>The trimmed value of the field; where several columns mean it, the first that is not empty.</summary>
    public string Get(string[] row, TField field)
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

    /// <summary>The trimmed values of all columns that mean the field, but for empty ones.</summary>
    public IEnumerable<string> GetAll(string[] row, TField field) =>
        _places.GetValueOrDefault(field, []).Select(place => row[place].Trim()).Where(value => value.Length > 0);

    /// <summary>The same, each with what its column is called: as the caller does, else in the file.</summary>
    public IEnumerable<(string Name, string Value)> GetNamed(string[] row, TField field) =>
        _places.GetValueOrDefault(field, []).Select(place => (_called.GetValueOrDefault(place, Headers[place]), row[place].Trim())).Where(found => found.Item2.Length > 0);

    /// <summary>The header of the field, for error messages; empty where the file has none.</summary>
    public string HeaderOf(TField field) => _places.TryGetValue(field, out var places) ? Headers[places[0]] : "";

    // What the platform itself calls so goes first.
    internal void Place(int index, TField? field, string? path, string? called = null)
    {
        if (called is not null)
            _called[index] = called;
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
}
