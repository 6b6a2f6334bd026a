using Platform.Importing.Reading;
using Platform.Importing.Writing;

namespace Platform.Importing;

/// <summary>Tells the caller what happens while it happens, and counts.</summary>
/// <typeparam name="TOutcome">What a good row did.</typeparam>
public abstract class ImportReport<TOutcome>
{
    private readonly List<RowFault> _faults = [];

    /// <summary>Where rejected rows are kept besides; null where nobody wants them.</summary>
    public RejectedRows? Rejected { get; init; }

    /// <summary>Rows so far.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Those that were not imported.</summary>
    public long RowsRejected { get; private set; }

    /// <summary>The first of them, as many as a summary has.</summary>
    public IReadOnlyList<RowFault> Faults => _faults;

    internal async Task WrittenAsync(BatchResult<TOutcome> batch, long lastLine, CancellationToken cancellationToken)
    {
        foreach (var outcome in batch.Outcomes)
            Count(outcome);
        foreach (var fault in batch.Faults)
            await RejectAsync(fault, cancellationToken);
        if (Rejected is not null)
            await Rejected.EndToAsync(lastLine, cancellationToken);
    }

    internal async Task RejectAsync(RowFault fault, CancellationToken cancellationToken)
    {
        RowsRejected++;
        if (_faults.Count < ImportLimits.SummaryErrors)
            _faults.Add(fault);
        if (Rejected is not null)
            await Rejected.AddAsync(fault, cancellationToken);
        await TellRejectedAsync(fault, cancellationToken);
    }

    internal Task ReadAsync(FileRow row, long bytes, CancellationToken cancellationToken)
    {
        Rejected?.Read(row);
        return ++RowsRead % ImportLimits.ProgressRows == 0 ? TellProgressAsync(bytes, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Counts a row that was written.</summary>
    protected abstract void Count(TOutcome outcome);

    /// <summary>Tells of a row that was not imported.</summary>
    protected abstract Task TellRejectedAsync(RowFault fault, CancellationToken cancellationToken);

    /// <summary>Tells how far the import is: <see cref="RowsRead"/>, and so many bytes.</summary>
    protected abstract Task TellProgressAsync(long bytes, CancellationToken cancellationToken);
}
