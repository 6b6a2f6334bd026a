using Google.Protobuf;

namespace Platform.Exporting;

/// <summary>A CSV file (RFC 4180).</summary>
internal sealed class CsvExport(Stream output) : IExportFile
{
    private readonly ExportText _text = new(output);
    private IReadOnlyList<ExportColumn> _columns = [];

    public Task BeginAsync(IReadOnlyList<ExportColumn> columns, CancellationToken cancellationToken)
    {
        _columns = columns;
        return LineAsync(columns.Select(column => column.Name), cancellationToken);
    }

    public Task AddAsync(IMessage record, CancellationToken cancellationToken) => LineAsync(_columns.Select(column => column.Write(record)), cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) => _text.EndAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task LineAsync(IEnumerable<string> fields, CancellationToken cancellationToken) =>
        _text.AppendAsync(string.Join(',', fields) + Csv.LineEnd, cancellationToken);
}
