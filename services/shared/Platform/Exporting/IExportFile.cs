using Google.Protobuf;

namespace Platform.Exporting;

/// <summary>The file of an export, which goes to the caller while it is written.</summary>
internal interface IExportFile : IAsyncDisposable
{
    /// <summary>Begins it; nothing of it was sent before.</summary>
    Task BeginAsync(IReadOnlyList<ExportColumn> columns, CancellationToken cancellationToken);

    /// <summary>Adds a record that was redacted for the caller.</summary>
    Task AddAsync(IMessage record, CancellationToken cancellationToken);

    /// <summary>Ends it: without this it is not whole.</summary>
    Task EndAsync(CancellationToken cancellationToken);
}
