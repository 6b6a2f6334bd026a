namespace Platform.Importing.Writing;

/// <summary>Writes one batch while the next one is read. Only the reader reports, so that messages keep to one at a time.</summary>
internal sealed class WritePipeline<TDraft, TOutcome>(
    Func<IReadOnlyList<TDraft>, CancellationToken, Task<BatchResult<TOutcome>>> write, ImportReport<TOutcome> report) : IAsyncDisposable
    where TDraft : IRowDraft
{
    private Task<BatchResult<TOutcome>>? _writing;
    private long _lastLine;

    public async Task WriteAsync(IReadOnlyList<TDraft> batch, CancellationToken cancellationToken)
    {
        await FinishAsync(cancellationToken);
        _lastLine = batch.Count == 0 ? _lastLine : batch[^1].Line;
        _writing = Task.Run(() => write(batch, cancellationToken), cancellationToken);
    }

    /// <summary>Waits for the batch that is being written, and reports it.</summary>
    public async Task FinishAsync(CancellationToken cancellationToken)
    {
        if (_writing is not { } writing)
            return;
        _writing = null;
        await report.WrittenAsync(await writing, _lastLine, cancellationToken);
    }

    /// <summary>Where reading failed: the write ends before its database does; its own failure would hide the first.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_writing is not null)
            await ((Task)_writing).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
