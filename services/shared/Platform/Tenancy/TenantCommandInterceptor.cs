using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Platform.Data;

namespace Platform.Tenancy;

/// <summary>
/// Tells PostgreSQL the tenant of every statement, for the policies to see. In a transaction it is set once, when the
/// transaction starts; a lone statement is preceded by a CALL in the same round trip, which PostgreSQL runs in the same
/// implicit transaction. The setting is local to the transaction either way, so a pooled connection carries nothing over.
/// </summary>
internal sealed class TenantCommandInterceptor : DbCommandInterceptor, IDbTransactionInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Prefix(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Prefix(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Prefix(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Prefix(command, eventData);
        return ValueTask.FromResult(result);
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Prefix(command, eventData);
        return result;
    }

    public override ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        Prefix(command, eventData);
        return ValueTask.FromResult(result);
    }

    public async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        if (Statement(eventData.Context as PlatformDbContext) is { } statement)
        {
            // Npgsql sends BEGIN together with the first command, so this is one round trip.
            await using var command = connection.CreateCommand();
            command.Transaction = result;
            command.CommandText = statement;
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        return result;
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result) =>
        throw new NotSupportedException("Transactions are asynchronous here: use SaveChangesAsync and BeginTransactionAsync.");

    private static void Prefix(DbCommand command, CommandEventData eventData)
    {
        if (command.Transaction is null && Statement(eventData.Context as PlatformDbContext) is { } statement)
            command.CommandText = statement + command.CommandText;
    }

    private static string? Statement(PlatformDbContext? context) =>
        context?.Caller.TenantId is { } tenant ? $"CALL platform.set_tenant('{tenant:D}');" : null;
}
