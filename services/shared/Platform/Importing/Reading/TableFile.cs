using System.Text;
using Platform.Common.V1;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Importing.Reading;

/// <summary>A file of rows, CSV or a workbook: its header, and row by row what stands below it.</summary>
public abstract class TableFile : IAsyncDisposable
{
    private const int Samples = 5;
    private const int SampleText = 200;

    private readonly LimitedContent _content;
    private readonly Queue<FileRow> _seen = new();

    private protected TableFile(LimitedContent content, string[] headers) => (_content, Headers) = (content, headers);

    /// <summary>The first row, trimmed.</summary>
    public string[] Headers { get; }

    /// <summary>How much was read.</summary>
    public long BytesRead => _content.BytesRead;

    /// <summary>Why the rows ended before the file did; null where they did not.</summary>
    public virtual Error? Failure => IsExceeded ? ImportErrors.TooLarge : null;

    private protected bool IsExceeded => _content.IsExceeded;

    /// <summary>Reads the header.</summary>
    /// <param name="content">The bytes: by the first of them it is seen what they are.</param>
    /// <param name="options">What the sender said of them.</param>
    /// <param name="isKnown">Whether a header means something by itself: separators are recognised by it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Result<TableFile>> OpenAsync(LimitedContent content, TableOptions options, Func<string, bool> isKnown, CancellationToken cancellationToken)
    {
        if (WorkbookFile.IsWorkbook(await content.PeekAsync(cancellationToken)))
            return await WorkbookFile.OpenAsync(content, options.Sheet, cancellationToken);
        return options.Sheet.Length > 0 ? ImportErrors.NoSheets : await CsvFile.OpenAsync(content, options.Encoding, isKnown, cancellationToken);
    }

    /// <summary>Begins a file of the same kind for some of its rows, in their encoding and with their separator.</summary>
    internal abstract RowsFile Begin(Stream output);

    /// <summary>The next row that is not blank; null at the end.</summary>
    public ValueTask<FileRow?> ReadAsync(CancellationToken cancellationToken) => _seen.TryDequeue(out var row) ? ValueTask.FromResult<FileRow?>(row) : ReadNextAsync(cancellationToken);

    /// <summary>The header and the first rows, which are read later as if nobody had looked; before the first row is read.</summary>
    public async Task<ImportHeader> BeginningAsync(CancellationToken cancellationToken)
    {
        while (_seen.Count < Samples && await ReadNextAsync(cancellationToken) is { } row)
            _seen.Enqueue(row);
        return new ImportHeader { Columns = { Headers }, Rows = { _seen.Select(row => new ImportSample { Line = row.Line, Cells = { row.Cells.Take(Headers.Length).Select(Short) } }) } };
    }

    private protected abstract ValueTask<FileRow?> ReadNextAsync(CancellationToken cancellationToken);

    /// <inheritdoc />
    public abstract ValueTask DisposeAsync();

    private static string Short(string text) => text.Length <= SampleText ? text : text[..(char.IsHighSurrogate(text[SampleText - 1]) ? SampleText - 1 : SampleText)];

    private protected FileRow Check(long line, string[] fields)
    {
        var count = Headers.Length;
        // Empty fields at the end of a row, which spreadsheets leave behind, add nothing.
        if (fields.Length < count || !fields.Skip(count).All(string.IsNullOrWhiteSpace))
            return Wrong(line, "", "WRONG_FIELD_COUNT", Say($"The row has {fields.Length} fields, the header {count}.")) with { Cells = fields };
        var bad = Array.FindIndex(fields, 0, count, field => field.Contains(EncodingGuess.Undecodable, StringComparison.Ordinal));
        if (bad >= 0)
            return Wrong(line, Headers[bad], "INVALID_ENCODING", "The bytes of this field mean nothing in the encoding of the file: save it as UTF-8.") with { Cells = fields };
        var tooLong = Array.FindIndex(fields, 0, count, field => field.Length > ImportLimits.MaxField);
        return tooLong < 0 ? new FileRow(line, fields, null) : Wrong(line, Headers[tooLong], "FIELD_TOO_LONG", Say($"A field may have {ImportLimits.MaxField} characters.")) with { Cells = fields };
    }

    private protected static FileRow TooLong(long line) => Wrong(line, "", "ROW_TOO_LONG", Say($"A row may have {ImportLimits.MaxRow} characters."));

    private protected static FileRow Wrong(long line, string column, string code, string message) => new(line, [], new RowFault(line, column, code, message));
}

/// <summary>What the sender said of a file.</summary>
/// <param name="Encoding">Of a text file; null where it has to be found out.</param>
/// <param name="Sheet">Of a workbook; empty for the first that is visible and has rows.</param>
public sealed record TableOptions(Encoding? Encoding, string Sheet);
