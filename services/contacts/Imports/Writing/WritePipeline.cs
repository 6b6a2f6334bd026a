using Platform.Contacts.Imports.Rows;

namespace Platform.Contacts.Imports.Writing;

/// <summary>Writes one batch while the next one is read. Only the reader reports, so that messages keep to one at a time.</summary>
internal sealed class WritePipeline(BatchWriter writer, ImportReport report) : IAsyncDisposable
{
    private Task<BatchResult>? _writing;

    public async Task WriteAsync(IReadOnlyList<RowDraft> batch, CancellationToken cancellationToken)
    {
        await FinishAsync(cancellationToken);
        _writing = Task.Run(() => writer.WriteAsync(batch, cancellationToken), cancellationToken);
    }

    /// <summary>Waits for the batch that is being written, and reports it.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_writing is not { } writing)
            return;
        _writing = null;
        await report.WrittenAsync(await writing, cancellationToken);
    }

    /// <summary>Where reading failed: the write ends before its database does; its own failure would hide the first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_writing is not null)
            await ((Task)_writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
