using Grpc.Core;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Contacts.Imports.Rows;
using Platform.CustomFields.Values;
using Platform.Errors;
using Platform.Events;

namespace Platform.Contacts.Imports.Writing;

/// <summary>
/// Writes a batch in a transaction of its own. What the database refuses as a whole (somebody wrote one of the rows just now)
/// is written again row by row, so that one row costs no other.
/// </summary>
internal sealed partial class BatchWriter(ContactsDbContext db, OutboxSignal signal, TimeProvider time, ILogger<BatchWriter> logger)
{
    private const int AttemptsOfRow = 2;
    private (string Code, string Message)? _refusal;

    public async Task<BatchResult> WriteAsync(IReadOnlyList<RowDraft> rows, CancellationToken cancellationToken) =>
        rows.Count == 0 ? new BatchResult([], []) : await TryWriteAsync(rows, cancellationToken) is { } outcomes ? new BatchResult(outcomes, []) : await WriteEachAsync(rows, cancellationToken);

    private async Task<BatchResult> WriteEachAsync(IReadOnlyList<RowDraft> rows, CancellationToken cancellationToken)
    {
        var result = new BatchResult([], []);
        foreach (var row in rows)
        {
            List<RowOutcome>? outcome = null;
            for (var attempt = 1; outcome is null && attempt <= AttemptsOfRow; attempt++)
                outcome = await TryWriteAsync([row], cancellationToken);
            result.Outcomes.AddRange(outcome ?? []);
            if (outcome is null)
                result.Errors.Add(Refused(row));
        }

        return result;
    }

    private async Task<List<RowOutcome>?> TryWriteAsync(IReadOnlyList<RowDraft> rows, CancellationToken cancellationToken)
    {
        _refusal = null;
        try
        {
            var now = time.GetUtcNow();
            var outcomes = await db.InTransactionAsync(
                () => rows[0].Lead is null ? ContactsBatch.WriteAsync(rows, db, now, cancellationToken) : LeadsBatch.WriteAsync(rows, db, now, cancellationToken), cancellationToken);
            signal.Set();
            return outcomes;
        }
        catch (Exception exception) when (exception is PostgresException or DbUpdateConcurrencyException or DbUpdateException { InnerException: PostgresException })
        {
            LogRefused(logger, rows.Count, exception.GetBaseException().Message);
            if (exception.GetBaseException() is PostgresException { ConstraintName: CustomFieldScripts.Unique, ColumnName: { } key })
                _refusal = ("CUSTOM_FIELD_NOT_UNIQUE", $"Another record has this value of '{key}' already.");
            return null;
        }
        catch (RpcException denied) when (denied.StatusCode is StatusCode.PermissionDenied or StatusCode.ResourceExhausted or StatusCode.AlreadyExists or StatusCode.InvalidArgument)
        {
            _refusal = ($"{denied.ToProblem().Extensions["code"]}", denied.Status.Detail);
            return null;
        }
        finally
        {
            db.ChangeTracker.Clear();
        }
    }

    private V1.ImportRowError Refused(RowDraft row) => _refusal is { } refusal
        ? new() { Line = row.Line, Code = refusal.Code, Message = refusal.Message }
        : new() { Line = row.Line, Code = "ROW_REFUSED", Message = "The database refused this row, for example because somebody else is writing the same person or company: import it again." };

    [LoggerMessage(Level = LogLevel.Information, Message = "A batch of {Count} imported rows was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, int count, string reason);
}

/// <summary>What became of a batch.</summary>
internal sealed record BatchResult(List<RowOutcome> Outcomes, List<V1.ImportRowError> Errors);
