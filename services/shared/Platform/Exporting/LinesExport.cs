using Google.Protobuf;

namespace Platform.Exporting;

/// <summary>Records as the API gives them, each a line of JSON; lists of parts are in it too.</summary>
internal sealed class LinesExport(Stream output) : IExportFile
{
    private static readonly JsonFormatter Formatter = new(JsonFormatter.Settings.Default.WithFormatDefaultValues(true));

    private readonly ExportText _text = new(output);

    public Task BeginAsync(IReadOnlyList<ExportColumn> columns, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task AddAsync(IMessage record, CancellationToken cancellationToken) => _text.AppendAsync(Formatter.Format(record) + "\n", cancellationToken);

    public Task EndAsync(CancellationToken cancellationToken) => _text.EndAsync(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
