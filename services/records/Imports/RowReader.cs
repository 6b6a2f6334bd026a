using Platform.CustomFields.V1;
using Platform.Importing;
using Platform.Importing.Reading;
using Platform.Records.Imports.Columns;
using Platform.Records.Objects;

namespace Platform.Records.Imports;

/// <summary>The values of a row as a record, validated by the rules that the API has for them.</summary>
internal sealed class RowReader(ObjectType known, FileLayout layout)
{
    private static readonly RecordValidator Records = new();

    public (RecordDraft? Draft, RowFault? Fault) Read(FileRow row)
    {
        var record = new V1.Record { Name = layout.Columns.Get(row.Fields, RecordColumn.Name) };
        if (Records.Validate(record) is { IsValid: false } outcome)
            return (null, new RowFault(row.Line, layout.Columns.HeaderOf(RecordColumn.Name), "INVALID_NAME", outcome.Errors[0].ErrorMessage));
        var (values, fault) = layout.Columns.Custom.Read(row.Line, row.Fields, known.Resource);
        if (fault is not null)
            return (null, fault);
        record.CustomFields = values;
        var key = layout.Match.KeyOf(row.Fields, record);
        if (key is null)
            return (null, new RowFault(row.Line, layout.Columns.HeaderOf(RecordColumn.Id), "INVALID_ID", "An id is a UUID, as exports have it."));
        return key.Length == 0 && layout.LacksName(record) ? (null, layout.MissingName(row.Line)) : (new RecordDraft(row.Line, record, key), null);
    }
}
