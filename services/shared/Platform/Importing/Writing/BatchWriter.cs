using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.CustomFields.Values;
using Platform.Data;
using Platform.Errors;
using Platform.Events;
using static Platform.Languages.Wording;

namespace Platform.Importing.Writing;

/// <summary>
/// Writes a batch in a transaction of its own. What the database refuses as a whole (somebody wrote one of the rows just now)
/// is written again row by row, so that one row costs no other.
/// </summary>
public sealed partial class BatchWriter
{
    private const int AttemptsOfRow = 2;

    private readonly PlatformDbContext _db;
    private readonly OutboxSignal _signal;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private (string Code, string Message)? _refusal;

    internal BatchWriter(PlatformDbContext db, OutboxSignal signal, TimeProvider time, ILogger<BatchWriter> logger) => (_db, _signal, _time, _logger) = (db, signal, time, logger);

    /// <summary>Writes the rows; those that are refused are told of.</summary>
    /// <param name="rows">The batch.</param>
    /// <param name="write">Writes some of them in the open transaction: an outcome or a fault for each.</param>
    /// <param name="isDry">Everything is done and nothing kept.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task<BatchResult<TOutcome>> WriteAsync<TDraft, TOutcome>(
        IReadOnlyList<TDraft> rows, Func<IReadOnlyList<TDraft>, DateTimeOffset, CancellationToken, Task<BatchResult<TOutcome>>> write, bool isDry, CancellationToken cancellationToken)
        where TDraft : IRowDraft
    {
        if (rows.Count == 0)
            return new BatchResult<TOutcome>([], []);
        if (await TryWriteAsync(rows, write, isDry, cancellationToken) is { } together)
            return together;
        var result = new BatchResult<TOutcome>([], []);
        foreach (var row in rows)
        {
            BatchResult<TOutcome>? outcome = null;
            for (var attempt = 1; outcome is null && attempt <= AttemptsOfRow; attempt++)
                outcome = await TryWriteAsync([row], write, isDry, cancellationToken);
            result.Outcomes.AddRange(outcome?.Outcomes ?? []);
            result.Faults.AddRange(outcome?.Faults ?? [Refused(row.Line)]);
        }

        return result;
    }

    private async Task<BatchResult<TOutcome>?> TryWriteAsync<TDraft, TOutcome>(
        IReadOnlyList<TDraft> rows, Func<IReadOnlyList<TDraft>, DateTimeOffset, CancellationToken, Task<BatchResult<TOutcome>>> write, bool isDry, CancellationToken cancellationToken)
    {
        _refusal = null;
        try
        {
            await using var transaction = await _db.Database.BeginTransactionAsync(cancellationToken);
            var result = await write(rows, _time.GetUtcNow(), cancellationToken);
            if (isDry)
                return result;
            await transaction.CommitAsync(cancellationToken);
            _signal.Set();
            return result;
        }
        catch (Exception exception) when (exception is PostgresException or DbUpdateConcurrencyException or DbUpdateException { InnerException: PostgresException })
        {
            LogRefused(_logger, rows.Count, exception.GetBaseException().Message);
            if (exception.GetBaseException() is PostgresException { ConstraintName: CustomFieldScripts.Unique, ColumnName: { } key })
                _refusal = ("CUSTOM_FIELD_NOT_UNIQUE", Say($"Another record has this value of '{key}' already."));
            return null;
        }
        catch (RpcException denied) when (denied.StatusCode is StatusCode.PermissionDenied or StatusCode.ResourceExhausted or StatusCode.AlreadyExists or StatusCode.InvalidArgument)
        {
            _refusal = ($"{denied.ToProblem().Extensions["code"]}", denied.Status.Detail);
            return null;
        }
        finally
        {
            _db.ChangeTracker.Clear();
        }
    }

    private RowFault Refused(long line) => _refusal is { } refusal
        ? new RowFault(line, "", refusal.Code, refusal.Message)
        : new RowFault(line, "", "ROW_REFUSED", "The database refused this row, for example because somebody else is writing the same record: import it again.");

    [LoggerMessage(Level = LogLevel.Information, Message = "A batch of {Count} imported rows was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, int count, string reason);
}

/// <summary>What became of a batch.</summary>
/// <param name="Outcomes">Of the rows that were written.</param>
/// <param name="Faults">Why others were not.</param>
public sealed record BatchResult<TOutcome>(List<TOutcome> Outcomes, List<RowFault> Faults);
