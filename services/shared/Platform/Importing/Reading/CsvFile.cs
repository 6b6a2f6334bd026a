using System.Text;
using Platform.Errors;
using Platform.Exporting;

namespace Platform.Importing.Reading;

/// <summary>A CSV file of any separator and encoding.</summary>
internal sealed class CsvFile : TableFile
{
    private readonly TextSource _text;
    private readonly RecordReader _reader;
    private readonly bool _isDeclared;

    private CsvFile(LimitedContent content, TextSource text, RecordReader reader, bool isDeclared, string[] headers)
        : base(content, headers) => (_text, _reader, _isDeclared) = (text, reader, isDeclared);

    /// <summary>Reads the header.</summary>
    /// <param name="content">The bytes.</param>
    /// <param name="declared">The encoding that the sender named; null where it has to be found out.</param>
    /// <param name="isKnown">Whether a header means something by itself: separators are recognised by it.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<Result<TableFile>> OpenAsync(LimitedContent content, Encoding? declared, Func<string, bool> isKnown, CancellationToken cancellationToken)
    {
        var text = await TextSource.OpenAsync(content, declared, cancellationToken);
        var reader = new RecordReader(text);
        var first = await reader.PeekLineAsync(cancellationToken);
        var separator = Separators.Declared(first);
        reader.Separator = separator ?? Separators.Detect(first, isKnown);
        if (separator is not null)
            await reader.ReadAsync(cancellationToken);
        if (await reader.ReadAsync(cancellationToken) is not { } header)
            return ImportErrors.EmptyFile;
        if (header.Fault != RecordFault.None || header.Text.Contains(EncodingGuess.Undecodable, StringComparison.Ordinal))
            return ImportErrors.BrokenHeader;
        var headers = Array.ConvertAll(CsvFields.Split(header.Text, reader.Separator), name => Csv.Plain(name).Trim());
        reader.Columns = headers.Length;
        return new CsvFile(content, text, reader, separator is not null, headers);
    }

    private protected override async ValueTask<FileRow?> ReadNextAsync(CancellationToken cancellationToken)
    {
        while (await _reader.ReadAsync(cancellationToken) is { } record && !IsExceeded)
        {
            if (Parse(record) is { } row)
                return row;
        }

        return null;
    }

    internal override RowsFile Begin(Stream output) => new CsvRows(output, _text.Encoding, _text.HasMark, _reader.Separator, _isDeclared);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private FileRow? Parse(CsvRecord record)
    {
        if (record.Fault == RecordFault.TooLong)
            return TooLong(record.Line);
        if (record.Fault == RecordFault.BrokenQuotes)
            return Wrong(record.Line, "", "BROKEN_QUOTES", "A quoted field is not closed, or has text behind its closing quote; write a quote inside a field twice.") with { Cells = [record.Text] };
        var fields = Array.ConvertAll(CsvFields.Split(record.Text, _reader.Separator), Csv.Plain);
        return fields.All(string.IsNullOrWhiteSpace) ? null : Check(record.Line, fields);
    }
}
