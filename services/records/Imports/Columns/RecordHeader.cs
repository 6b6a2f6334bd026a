using Platform.Common.V1;
using Platform.CustomFields.V1;
using Platform.Errors;
using Platform.Importing;
using Platform.Importing.Columns;

namespace Platform.Records.Imports.Columns;

/// <summary>
/// What the headers of a file of one object mean. What the API calls so goes first, then what the company calls so, and last what
/// people call a name or a number elsewhere.
/// </summary>
internal sealed class RecordHeader(ObjectType known, CustomColumns custom)
{
    private static readonly string[] Names = ["name", "title", "bezeichnung", "название", "наименование"];
    private static readonly string[] Numbers = ["number", "no", "nr", "nummer", "номер"];

    private readonly HashSet<string> _names = [.. known.NameLabelTranslations.Values.Append(known.NameLabel).Append("name").Select(HeaderText.Normalize).Where(name => name.Length > 0)];

    /// <summary>Whether a header means something by itself.</summary>
    public bool IsKnown(string header) => Find(header) is not null || custom.Means(header);

    /// <summary>The columns; fails where they do not suffice.</summary>
    public Result<FileLayout> Read(string[] headers, ImportOptions options)
    {
        var columns = ColumnMaps.Create(headers, options.Columns, custom, Find, field => field is RecordColumn.Name || MatchField.IsBy(options.Match, field) ? field : null);
        if (columns.IsError)
            return columns.Error;
        var match = MatchField.Find(options.Match, columns.Value);
        if (match.IsError)
            return match.Error;
        var layout = new FileLayout(columns.Value, match.Value, known.NumberPattern.Length > 0);
        if (!layout.IsNumbered && !match.Value.IsNamed && !columns.Value.Fields.Contains(RecordColumn.Name))
            return ImportErrors.MissingColumns("a column 'Name'", headers);
        return columns.Value.Fields.Count + custom.Placed.Count > 0 ? layout : ImportErrors.MissingColumns("a column 'Name' or one that is called as a field of the object", headers);
    }

    private RecordColumn? Find(string header)
    {
        var name = HeaderText.Normalize(header);
        if (header == "number")
            return RecordColumn.Number;
        if (header == "id")
            return RecordColumn.Id;
        if (_names.Contains(name))
            return RecordColumn.Name;
        if (custom.Means(header))
            return null;
        return Names.Contains(name) ? RecordColumn.Name : Numbers.Contains(name) ? RecordColumn.Number : name == "id" ? RecordColumn.Id : null;
    }
}
