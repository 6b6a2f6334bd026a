using Platform.Common.V1;
using Platform.Importing.Writing;

namespace Platform.Importing;

/// <summary>What an import of records of one kind tells.</summary>
public sealed class ImportAnswers(Func<ImportResponse, CancellationToken, Task> send) : ImportReport<Change>
{
    private readonly ImportSummary _summary = new();

    /// <summary>Tells the summary.</summary>
    /// <param name="ignored">Headers that matched no field.</param>
    /// <param name="cancellationToken">Ends the telling.</param>
    /// <param name="importId">By which the import can be taken back; empty where that is not possible.</param>
    public async Task<ImportSummary> EndAsync(IEnumerable<string> ignored, CancellationToken cancellationToken, string importId = "")
    {
        _summary.ImportId = importId;
        if (Rejected is not null)
            await Rejected.TellAsync((piece, token) => send(new ImportResponse { ErrorFile = piece }, token), cancellationToken);
        (_summary.RowsRead, _summary.RowsRejected) = (RowsRead, RowsRejected);
        _summary.Errors.AddRange(Faults.Select(ToMessage));
        _summary.IgnoredColumns.AddRange(ignored);
        await send(new ImportResponse { Summary = _summary }, cancellationToken);
        return _summary;
    }

    /// <inheritdoc />
    protected override void Count(Change outcome)
    {
        _summary.RecordsCreated += outcome == Change.Created ? 1 : 0;
        _summary.RecordsUpdated += outcome == Change.Updated ? 1 : 0;
        _summary.RowsUnchanged += outcome == Change.None ? 1 : 0;
    }

    /// <inheritdoc />
    protected override Task TellRejectedAsync(RowFault fault, CancellationToken cancellationToken) => send(new ImportResponse { RowError = ToMessage(fault) }, cancellationToken);

    /// <inheritdoc />
    protected override Task TellProgressAsync(long bytes, CancellationToken cancellationToken) =>
        send(new ImportResponse { Progress = new ImportProgress { RowsRead = RowsRead, BytesRead = bytes } }, cancellationToken);

    private static ImportRowError ToMessage(RowFault fault) => new() { Line = fault.Line, Column = fault.Column, Code = fault.Code, Message = fault.Message };
}
