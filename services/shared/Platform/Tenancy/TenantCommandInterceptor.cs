using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Platform.Data;
using Platform.Tenancy.Placements;

namespace Platform.Tenancy;

/// <summary>
/// Tells PostgreSQL the tenant of every statement, for the policies to see. In a transaction it is told once: when it starts, or, where
/// the transaction is that of one save, by the save's first command. A lone statement is preceded by it in the same round trip and the
/// same implicit transaction. The setting is local to the transaction either way, so a pooled connection carries nothing over. A
/// database refuses a tenant that does not live there; as nothing has happened yet, the same is begun again where it does.
/// </summary>
internal sealed class TenantCommandInterceptor(TenantDatabases databases) : DbCommandInterceptor, IDbTransactionInterceptor
{
    /// <summary>Places that a tenant can have lived in since this process last looked.</summary>
    public const int MaxMoves = 5;

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Call(command, eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is PlatformDbContext { IsTenantUntold: true } saving && command.Transaction is not null)
            return InterceptionResult<DbDataReader>.SuppressWithResult(await SaveAsync(command, saving, cancellationToken));
        if (Lone(command, eventData) is not { } tenant)
            return result;
        return InterceptionResult<DbDataReader>.SuppressWithResult(
            await FollowingAsync(command, tenant, eventData, token => TenantStatements.ReadAsync(command, token), cancellationToken));
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Call(command, eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (Lone(command, eventData) is not { } tenant)
            return result;
        return InterceptionResult<int>.SuppressWithResult(await FollowingAsync(command, tenant, eventData, command.ExecuteNonQueryAsync, cancellationToken));
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Call(command, eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        if (Lone(command, eventData) is not { } tenant)
            return result;
        return InterceptionResult<object>.SuppressWithResult(
            (await FollowingAsync(command, tenant, eventData, token => TenantStatements.ReadValueAsync(command, token), cancellationToken))!);
    }

    public async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        if (eventData.Context is not PlatformDbContext { Caller.TenantId: { } tenant } db || db.IsTenantUntold)
            return result;
        var own = (NpgsqlConnection)connection;
        var transaction = (NpgsqlTransaction)result;
        var (level, isRefused) = (transaction.IsolationLevel, false);
        // Npgsql sends BEGIN together with the first command, so this is one round trip.
        await FollowingAsync(own, tenant, isHarmless: true, async token =>
        {
            transaction = isRefused ? await own.BeginTransactionAsync(level, token) : transaction;
            isRefused = true;
            await TenantStatements.TellAsync(own, transaction, tenant, token);
            return true;
        }, cancellationToken);
        return transaction;
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result) =>
        throw new NotSupportedException("Transactions are asynchronous here: use SaveChangesAsync and BeginTransactionAsync.");

    // EF Core holds the transaction already, so it cannot be begun again elsewhere under its feet: the context repeats the save.
    private async Task<DbDataReader> SaveAsync(DbCommand command, PlatformDbContext saving, CancellationToken cancellationToken)
    {
        var (connection, tenant) = ((NpgsqlConnection)command.Connection!, saving.Caller.RequiredTenantId);
        saving.IsTenantUntold = false;
        TenantStatements.Prepend(command, tenant);
        try
        {
            return await TenantStatements.ReadAsync(command, cancellationToken);
        }
        catch (NpgsqlException refusal) when (databases.IsElsewhere(connection, refusal))
        {
            throw new TenantElsewhereException(databases, connection.Database, tenant, refusal);
        }
    }

    private static void Call(DbCommand command, CommandEventData eventData)
    {
        if (TenantOfLone(command, eventData) is { } tenant)
            command.CommandText = TenantStatements.Call(tenant) + command.CommandText;
    }

    private static Guid? Lone(DbCommand command, CommandEventData eventData)
    {
        var tenant = TenantOfLone(command, eventData);
        if (tenant is { } told)
            TenantStatements.Prepend(command, told);
        return tenant;
    }

    // The tenant of a statement outside transactions, which tells it itself.
    private static Guid? TenantOfLone(DbCommand command, CommandEventData eventData) =>
        command.Transaction is null ? (eventData.Context as PlatformDbContext)?.Caller.TenantId : null;

    private Task<T> FollowingAsync<T>(
        DbCommand command, Guid tenant, CommandEventData eventData, Func<CancellationToken, Task<T>> execute, CancellationToken cancellationToken) =>
        FollowingAsync(
            (NpgsqlConnection)command.Connection!, tenant, eventData.CommandSource is CommandSource.LinqQuery or CommandSource.FromSqlQuery, execute, cancellationToken);

    // EF Core does not notice: the connection is the one it has, and open when it gets it back.
    private async Task<T> FollowingAsync<T>(
        NpgsqlConnection connection, Guid tenant, bool isHarmless, Func<CancellationToken, Task<T>> begin, CancellationToken cancellationToken)
    {
        for (var moves = 0; ; moves++)
        {
            try
            {
                return await begin(cancellationToken);
            }
            catch (NpgsqlException refusal) when (moves < MaxMoves && databases.IsElsewhere(connection, refusal))
            {
                await databases.FollowAsync(connection, tenant, refusal, isHarmless, cancellationToken);
            }
        }
    }
}
