using Platform.Contacts.Imports.Writing;

namespace Platform.Contacts.Imports;

/// <summary>Tells the caller what happens while it happens, and counts.</summary>
internal sealed class ImportReport(Func<V1.ImportContactsResponse, CancellationToken, Task> send)
{
    public V1.ImportSummary Summary { get; } = new();

    public async Task WrittenAsync(BatchResult batch, CancellationToken cancellationToken)
    {
        foreach (var outcome in batch.Outcomes)
            outcome.CountIn(Summary);
        foreach (var error in batch.Errors)
            await RejectAsync(error, cancellationToken);
    }

    public Task RejectAsync(V1.ImportRowError error, CancellationToken cancellationToken)
    {
        Summary.RowsRejected++;
        if (Summary.Errors.Count < ImportLimits.SummaryErrors)
            Summary.Errors.Add(error);
        return send(new V1.ImportContactsResponse { RowError = error }, cancellationToken);
    }

    public Task ReadAsync(long bytes, CancellationToken cancellationToken) => ++Summary.RowsRead % ImportLimits.ProgressRows == 0
        ? send(new V1.ImportContactsResponse { Progress = new V1.ImportProgress { RowsRead = Summary.RowsRead, BytesRead = bytes } }, cancellationToken)
        : Task.CompletedTask;

    public Task EndAsync(CancellationToken cancellationToken) => send(new V1.ImportContactsResponse { Summary = Summary }, cancellationToken);
}
