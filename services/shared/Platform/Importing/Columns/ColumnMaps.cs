using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Importing.Columns;

/// <summary>Reads the header of a file.</summary>
public static class ColumnMaps
{
    /// <summary>What the columns mean.</summary>
    /// <param name="headers">The header.</param>
    /// <param name="named">What headers mean that are not known by themselves: the header and the field.</param>
    /// <param name="custom">The company's fields.</param>
    /// <param name="find">The field that a name means; null for none.</param>
    /// <param name="accept">What the field means in this file, and null where nothing; without it all of them mean what they are.</param>
    public static Result<ColumnMap<TField>> Create<TField>(
        string[] headers, IDictionary<string, string> named, CustomColumns custom, Func<string, TField?> find, Func<TField?, TField?>? accept = null)
        where TField : struct, Enum
    {
        var given = new Dictionary<string, TField>(StringComparer.Ordinal);
        foreach (var (header, field) in named)
        {
            if (custom.Knows(field))
                continue;
            if (find(field) is not { } known)
                return Error.Invalid("options.columns", Say($"There is no field '{field}'."));
            given[HeaderText.Normalize(header)] = known;
        }

        var map = new ColumnMap<TField>(headers, custom);
        for (var index = 0; index < headers.Length; index++)
        {
            var header = HeaderText.Normalize(headers[index]);
            var path = named.FirstOrDefault(pair => custom.Knows(pair.Value) && HeaderText.Normalize(pair.Key) == header).Value;
            TField? meant = path is not null ? null : given.TryGetValue(header, out var chosen) ? chosen : find(headers[index]);
            var called = named.FirstOrDefault(pair => HeaderText.Normalize(pair.Key) == header).Value;
            map.Place(index, accept is null || path is not null ? meant : accept(meant), path, called);
        }

        return map.Duplicates is { Count: > 0 } duplicates ? ImportErrors.DuplicateColumns(duplicates) : map;
    }
}
