using Platform.Access;
using Platform.CustomFields;
using Platform.Errors;

namespace Platform.Contacts.Imports.Columns;

/// <summary>Columns that hold fields which the company defined: found by their key, or by their label in any language.</summary>
internal sealed class CustomColumns
{
    private const string Prefix = ResourceInfo.CustomFields + ".";

    private readonly List<(int Place, string Header, ResourceFields Fields, DefinedField Field)> _columns = [];
    private readonly ResourceFields[] _resources;

    /// <summary>Those of the kinds that the file brings, the first kind first.</summary>
    public CustomColumns(TenantFields fields, V1.ImportTarget target) => _resources = target switch
    {
        V1.ImportTarget.Leads => [fields.Of("contacts.lead")],
        V1.ImportTarget.Companies => [fields.Of("contacts.company")],
        _ => [fields.Of("contacts.person"), fields.Of("contacts.company")],
    };

    // What the platform sets itself is in exports, and is no column of an import.
    private static IEnumerable<DefinedField> Writable(ResourceFields fields) => fields.All.Where(field => !field.Definition.IsComputed());

    /// <summary>Takes the column where a field has that name; the name of a field in the options is its path: custom_fields.size.</summary>
    public bool TryPlace(int place, string header, string? named)
    {
        var name = named is not null && named.StartsWith(Prefix, StringComparison.Ordinal) ? named[Prefix.Length..] : named ?? header;
        foreach (var fields in _resources)
        {
            if (Writable(fields).FirstOrDefault(field => IsNamed(field, name)) is not { } found)
                continue;
            _columns.Add((place, header, fields, found));
            return true;
        }

        return false;
    }

    /// <summary>Whether a name in the options is that of a custom field.</summary>
    public bool Knows(string named) => named.StartsWith(Prefix, StringComparison.Ordinal) && _resources.Any(fields => Writable(fields).Any(field => field.Key == named[Prefix.Length..]));

    /// <summary>The values of a row for one kind of record, in their stored form; or the column that is wrong, and why.</summary>
    public (Google.Protobuf.WellKnownTypes.Struct? Values, string Column, Error? Fault) Read(string[] row, ResourceInfo resource)
    {
        if (Array.Find(_resources, fields => fields.Resource == resource.Name) is not { } fields)
            return (new(), "", null);
        var values = new Google.Protobuf.WellKnownTypes.Struct();
        foreach (var column in _columns.Where(column => column.Fields == fields && row[column.Place].AsSpan().Trim().Length > 0))
            values.Fields.TryAdd(column.Field.Key, CustomCells.Read(column.Field.Definition, row[column.Place].Trim()));
        var prepared = fields.Prepare(values, stored: null, ResourceInfo.CustomFields);
        return prepared.IsError ? (null, HeaderOf(prepared.Error, fields), prepared.Error) : (prepared.Value, "", null);
    }

    private string HeaderOf(Error fault, ResourceFields fields) =>
        _columns.FirstOrDefault(column => column.Fields == fields && fault.Violations[0].Field == $"{Prefix}{column.Field.Key}").Header ?? "";

    private static bool IsNamed(DefinedField field, string name)
    {
        var wanted = ColumnNames.Normalize(name);
        return wanted.Length > 0 && field.Definition.LabelTranslations.Values.Append(field.Definition.Label).Append(field.Key).Any(known => ColumnNames.Normalize(known) == wanted);
    }
}
