using Platform.Contacts.Imports.Columns;
using Platform.Contacts.Imports.Reading;

namespace Platform.Contacts.Imports.Rows;

/// <summary>Makes a record a draft, or says what is wrong with it. A blank row is neither.</summary>
internal sealed class RowParser(ColumnMap columns, char separator, V1.ImportTarget target)
{
    private readonly RowMapper _mapper = new(columns, target);

    public (RowDraft? Draft, V1.ImportRowError? Error) Parse(CsvRecord record)
    {
        if (record.Fault == RecordFault.TooLong)
            return (null, Wrong(record, "", "ROW_TOO_LONG", $"A row may have {ImportLimits.MaxRow} characters."));
        if (record.Fault == RecordFault.BrokenQuotes)
            return (null, Wrong(record, "", "BROKEN_QUOTES", "A quoted field is not closed, or has text behind its closing quote; write a quote inside a field twice."));
        var fields = CsvFields.Split(record.Text, separator);
        if (fields.All(string.IsNullOrWhiteSpace))
            return (null, null);
        return Check(record, fields) is { } error ? (null, error) : _mapper.Map(record.Line, fields);
    }

    private V1.ImportRowError? Check(CsvRecord record, string[] fields)
    {
        var count = columns.Headers.Length;
        // Separators at the end of a row, which spreadsheets leave behind, add nothing.
        if (fields.Length < count || !fields.Skip(count).All(string.IsNullOrWhiteSpace))
            return Wrong(record, "", "WRONG_FIELD_COUNT", $"The row has {fields.Length} fields, the header {count}.");
        var bad = Array.FindIndex(fields, 0, count, field => field.Contains(EncodingGuess.Undecodable, StringComparison.Ordinal));
        if (bad >= 0)
            return Wrong(record, columns.Headers[bad], "INVALID_ENCODING", "The bytes of this field mean nothing in the encoding of the file: save it as UTF-8.");
        var tooLong = Array.FindIndex(fields, 0, count, field => field.Length > ImportLimits.MaxField);
        return tooLong < 0 ? null : Wrong(record, columns.Headers[tooLong], "FIELD_TOO_LONG", $"A field may have {ImportLimits.MaxField} characters.");
    }

    private static V1.ImportRowError Wrong(CsvRecord record, string column, string code, string message) =>
        new() { Line = record.Line, Column = column, Code = code, Message = message };
}
