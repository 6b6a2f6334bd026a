using Google.Api;
using Google.Protobuf;
using Grpc.Core;

namespace Platform.Exporting;

/// <summary>A CSV file (RFC 4180).</summary>
internal sealed class CsvExport(IServerStreamWriter<HttpBody> output, ServerCallContext call) : IExportFile
{
    private readonly ExportPieces _pieces = new(output, "text/csv; charset=utf-8", call.IsGrpc());
    private IReadOnlyList<ExportColumn> _columns = [];

    public Task BeginAsync(IReadOnlyList<ExportColumn> columns, CancellationToken cancellationToken)
    {
        _columns = columns;
        return LineAsync(columns.Select(column => column.Name), cancellationToken);
    }

    public Task AddAsync(IMessage record, CancellationToken cancellationToken) => LineAsync(_columns.Select(column => column.Write(record)), cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) => _pieces.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task LineAsync(IEnumerable<string> fields, CancellationToken cancellationToken) =>
        _pieces.AppendAsync(string.Join(',', fields) + Csv.LineEnd, cancellationToken);
}
