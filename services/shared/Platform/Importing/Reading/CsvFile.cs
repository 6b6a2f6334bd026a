using System.Text;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Importing.Reading;

/// <summary>A CSV file of any separator and encoding: its header, and row by row what stands below it.</summary>
public sealed class CsvFile
{
    private readonly LimitedContent _content;
    private readonly RecordReader _reader;

    private CsvFile(LimitedContent content, RecordReader reader, string[] headers) => (_content, _reader, Headers) = (content, reader, headers);

    /// <summary>The first row, trimmed.</summary>
    public string[] Headers { get; }

    /// <summary>The file was larger than an import takes; what follows was not read.</summary>
    public bool IsExceeded => _content.IsExceeded;

    /// <summary>How much was read.</summary>
    public long BytesRead => _content.BytesRead;

    /// <summary>Reads the header.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="declared">The encoding that the sender named; null where it has to be found out.</param>
    /// <param name="isKnown">Whether a header means something by itself: separators are recognised by it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Result<CsvFile>> OpenAsync(LimitedContent content, Encoding? declared, Func<string, bool> isKnown, CancellationToken cancellationToken)
    {
        var source = await TextSource.OpenAsync(content, declared, cancellationToken);
        if (source.IsError)
            return source.Error;
        var reader = new RecordReader(source.Value);
        var first = await reader.PeekLineAsync(cancellationToken);
        reader.Separator = Separators.Declared(first) ?? Separators.Detect(first, isKnown);
        if (Separators.Declared(first) is not null)
            await reader.ReadAsync(cancellationToken);
        if (await reader.ReadAsync(cancellationToken) is not { } header)
            return ImportErrors.EmptyFile;
        if (header.Fault != RecordFault.None || header.Text.Contains(EncodingGuess.Undecodable, StringComparison.Ordinal))
            return ImportErrors.BrokenHeader;
        var headers = Array.ConvertAll(CsvFields.Split(header.Text, reader.Separator), name => name.Trim());
        reader.Columns = headers.Length;
        return new CsvFile(content, reader, headers);
    }

    /// <summary>The next row that is not blank; null at the end.</summary>
    public async ValueTask<CsvRow?> ReadAsync(CancellationToken cancellationToken)
    {
        while (await _reader.ReadAsync(cancellationToken) is { } record && !IsExceeded)
        {
            if (Parse(record) is { } row)
                return row;
        }

        return null;
    }

    private CsvRow? Parse(CsvRecord record)
    {
        if (record.Fault == RecordFault.TooLong)
            return Wrong(record, "", "ROW_TOO_LONG", Say($"A row may have {ImportLimits.MaxRow} characters."));
        if (record.Fault == RecordFault.BrokenQuotes)
            return Wrong(record, "", "BROKEN_QUOTES", "A quoted field is not closed, or has text behind its closing quote; write a quote inside a field twice.");
        var fields = CsvFields.Split(record.Text, _reader.Separator);
        return fields.All(string.IsNullOrWhiteSpace) ? null : Check(record, fields) ?? new CsvRow(record.Line, fields, null);
    }

    private CsvRow? Check(CsvRecord record, string[] fields)
    {
        var count = Headers.Length;
        // Separators at the end of a row, which spreadsheets leave behind, add nothing.
        if (fields.Length < count || !fields.Skip(count).All(string.IsNullOrWhiteSpace))
            return Wrong(record, "", "WRONG_FIELD_COUNT", Say($"The row has {fields.Length} fields, the header {count}."));
        var bad = Array.FindIndex(fields, 0, count, field => field.Contains(EncodingGuess.Undecodable, StringComparison.Ordinal));
        if (bad >= 0)
            return Wrong(record, Headers[bad], "INVALID_ENCODING", "The bytes of this field mean nothing in the encoding of the file: save it as UTF-8.");
        var tooLong = Array.FindIndex(fields, 0, count, field => field.Length > ImportLimits.MaxField);
        return tooLong < 0 ? null : Wrong(record, Headers[tooLong], "FIELD_TOO_LONG", Say($"A field may have {ImportLimits.MaxField} characters."));
    }

    private static CsvRow Wrong(CsvRecord record, string column, string code, string message) => new(record.Line, [], new RowFault(record.Line, column, code, message));
}
