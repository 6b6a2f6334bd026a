using Platform.Contacts.Imports.Undoing;
using Platform.Contacts.Imports.Writing;
using Platform.Importing;

namespace Platform.Contacts.Imports;

/// <summary>What an import of contacts tells.</summary>
internal sealed class ContactsReport(Func<V1.ImportContactsResponse, CancellationToken, Task> send, ImportLog log) : ImportReport<RowOutcome>
{
    private readonly V1.ImportSummary _summary = new();

    public async Task<V1.ImportSummary> EndAsync(IEnumerable<string> ignored, CancellationToken cancellationToken)
    {
        if (Rejected is not null)
            await Rejected.TellAsync((piece, token) => send(new V1.ImportContactsResponse { ErrorFile = piece }, token), cancellationToken);
        (_summary.RowsRead, _summary.RowsRejected) = (RowsRead, RowsRejected);
        _summary.ImportId = log.ImportId;
        _summary.Errors.AddRange(Faults.Select(ToMessage));
        _summary.IgnoredColumns.AddRange(ignored);
        await send(new V1.ImportContactsResponse { Summary = _summary }, cancellationToken);
        return _summary;
    }

    protected override void Count(RowOutcome outcome) => outcome.CountIn(_summary);

    protected override Task TellRejectedAsync(RowFault fault, CancellationToken cancellationToken) =>
        send(new V1.ImportContactsResponse { RowError = ToMessage(fault) }, cancellationToken);

    protected override Task TellProgressAsync(long bytes, CancellationToken cancellationToken) =>
        send(new V1.ImportContactsResponse { Progress = new V1.ImportProgress { RowsRead = RowsRead, BytesRead = bytes } }, cancellationToken);

    internal static V1.ImportRowError ToMessage(RowFault fault) => new() { Line = fault.Line, Column = fault.Column, Code = fault.Code, Message = fault.Message };
}
