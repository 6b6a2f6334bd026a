using Platform.Errors;
using Platform.Importing.Reading;
using Platform.Importing.Writing;

namespace Platform.Importing;

/// <summary>Reads a file row by row and writes it batch by batch; never holds more than two batches.</summary>
/// <param name="file">The file.</param>
/// <param name="read">What a row says, or what is wrong with it.</param>
/// <param name="write">Writes a batch.</param>
/// <param name="report">Hears of every row.</param>
public sealed class ImportRun<TDraft, TOutcome>(
    TableFile file, Func<FileRow, (TDraft? Draft, RowFault? Fault)> read, Func<IReadOnlyList<TDraft>, CancellationToken, Task<BatchResult<TOutcome>>> write, ImportReport<TOutcome> report)
    where TDraft : class, IRowDraft
{
    /// <summary>Imports all rows; fails where the file is larger than an import takes, or breaks off.</summary>
    public async Task<Error?> RunAsync(CancellationToken cancellationToken)
    {
        var batch = new List<TDraft>(ImportLimits.BatchRows);
        await using var pipeline = new WritePipeline<TDraft, TOutcome>(write, report);
        while (await file.ReadAsync(cancellationToken) is { } row)
        {
            if (await ReadAsync(row, cancellationToken) is { } draft)
                batch.Add(draft);
            if (batch.Count < ImportLimits.BatchRows)
                continue;
            await pipeline.WriteAsync(batch, cancellationToken);
            batch = new List<TDraft>(ImportLimits.BatchRows);
        }

        await pipeline.WriteAsync(batch, cancellationToken);
        await pipeline.FinishAsync(cancellationToken);
        return file.Failure;
    }

    private async Task<TDraft?> ReadAsync(FileRow row, CancellationToken cancellationToken)
    {
        var (draft, fault) = row.Fault is null ? read(row) : (null, row.Fault);
        await report.ReadAsync(row, file.BytesRead, cancellationToken);
        if (fault is not null)
            await report.RejectAsync(fault, cancellationToken);
        return draft;
    }
}
