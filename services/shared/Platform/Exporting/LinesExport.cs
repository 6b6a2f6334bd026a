using Google.Api;
using Google.Protobuf;
using Grpc.Core;

namespace Platform.Exporting;

/// <summary>Records as the API gives them, each a line of JSON; lists of parts are in it too.</summary>
internal sealed class LinesExport(IServerStreamWriter<HttpBody> output, ServerCallContext call) : IExportFile
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    private readonly ExportPieces _pieces = new(output, "application/x-ndjson", call.IsGrpc());

    public Task BeginAsync(IReadOnlyList<ExportColumn> columns, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task AddAsync(IMessage record, CancellationToken cancellationToken) => _pieces.AppendAsync(Formatter.Format(record) + "\n", cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) => _pieces.FlushAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
