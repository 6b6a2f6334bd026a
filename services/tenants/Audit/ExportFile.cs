using Google.Api;
using Google.Protobuf;
using Grpc.Core;
using Platform.Audit.V1;
using Platform.Exporting;

namespace Platform.Tenants.Audit;

/// <summary>Entries as a file: NDJSON, or CSV.</summary>
internal sealed class ExportFile(IServerStreamWriter<HttpBody> output, ExportFormat format, bool isGrpc)
{
    private readonly bool _isCsv = format == ExportFormat.Csv;
    private readonly ExportPieces _pieces = new(output, format == ExportFormat.Csv ? "text/csv; charset=utf-8" : "application/x-ndjson", isGrpc);

    public Task BeginAsync(CancellationToken cancellationToken) => _isCsv ? _pieces.AppendAsync(EntryCsv.Header, cancellationToken) : Task.CompletedTask;

    public Task AppendAsync(Entry entry, CancellationToken cancellationToken) =>
        _pieces.AppendAsync(_isCsv ? EntryCsv.Line(entry) : JsonFormatter.Default.Format(entry) + "\n", cancellationToken);

    public Task FlushAsync(CancellationToken cancellationToken) => _pieces.FlushAsync(cancellationToken);
}
