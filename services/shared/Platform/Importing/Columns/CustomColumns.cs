using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Languages;

namespace Platform.Importing.Columns;

/// <summary>Columns that hold fields which the company defined: found by their key, or by their label in any language.</summary>
/// <param name="fields">The company's fields.</param>
/// <param name="resources">The kinds of records that the file brings, the first kind first.</param>
public sealed class CustomColumns(TenantFields fields, params string[] resources)
{
    private const string Prefix = ResourceInfo.CustomFields + ".";

    private readonly List<CustomColumn> _columns = [];
    private readonly ResourceFields[] _resources = Array.ConvertAll(resources, fields.Of);

    /// <summary>Those that the file has, in the order of the file.</summary>
    public IReadOnlyList<CustomColumn> Placed => _columns;

    /// <summary>Takes the column where a field has that name; the name of a field in the options is its path: custom_fields.size.</summary>
    internal bool TryPlace(int place, string header, string? named)
    {
        foreach (var resource in _resources)
        {
            if (FieldOf(resource, named ?? header) is not { } found)
                continue;
            _columns.Add(new CustomColumn(place, header, resource, found));
            return true;
        }

        return false;
    }

    /// <summary>Whether a header means a custom field by itself.</summary>
    public bool Means(string header) => _resources.Any(resource => Writable(resource).Any(field => IsNamed(field, header)));

    /// <summary>Whether a name in the options is that of a custom field.</summary>
    internal bool Knows(string named) =>
        named.StartsWith(Prefix, StringComparison.Ordinal) && _resources.Any(resource => Writable(resource).Any(field => field.Key == named[Prefix.Length..]));

    /// <summary>The values of a row for one kind of record, in their stored form; or the column that is wrong, and why.</summary>
    public (Struct? Values, RowFault? Fault) Read(long line, string[] row, string resource)
    {
        if (Array.Find(_resources, known => known.Resource == resource) is not { } found)
            return (new(), null);
        var values = new Struct();
        foreach (var column in _columns.Where(column => column.Fields == found && row[column.Place].AsSpan().Trim().Length > 0))
            values.Fields.TryAdd(column.Field.Key, CustomCells.Read(column.Field.Definition, row[column.Place].Trim()));
        var prepared = found.Prepare(values, stored: null, ResourceInfo.CustomFields);
        return prepared.IsError ? (null, new RowFault(line, HeaderOf(prepared.Error, found), "INVALID_CUSTOM_FIELD", prepared.Error.Spoken().Message)) : (prepared.Value, null);
    }

    private string HeaderOf(Error fault, ResourceFields resource) =>
        _columns.FirstOrDefault(column => column.Fields == resource && fault.Violations[0].Field == $"{Prefix}{column.Field.Key}")?.Header ?? "";

    // What the platform sets itself is in exports, and is no column of an import.
    private static IEnumerable<DefinedField> Writable(ResourceFields fields) => fields.All.Where(field => !field.Definition.IsComputed());

    // A path names one field, whatever others are called.
    private static DefinedField? FieldOf(ResourceFields resource, string name) =>
        (name.StartsWith(Prefix, StringComparison.Ordinal) ? Writable(resource).FirstOrDefault(field => field.Key == name[Prefix.Length..]) : null)
        ?? Writable(resource).FirstOrDefault(field => IsNamed(field, name));

    private static bool IsNamed(DefinedField field, string name)
    {
        // Exports write the path.
        var wanted = HeaderText.Normalize(name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name);
        return wanted.Length > 0 && field.Definition.LabelTranslations.Values.Append(field.Definition.Label).Append(field.Key).Any(known => HeaderText.Normalize(known) == wanted);
    }
}

/// <summary>A column that holds a custom field.</summary>
/// <param name="Place">Where in a row.</param>
/// <param name="Header">As it stands in the file.</param>
/// <param name="Fields">The fields of its kind of record.</param>
/// <param name="Field">The field.</param>
public sealed record CustomColumn(int Place, string Header, ResourceFields Fields, DefinedField Field);
