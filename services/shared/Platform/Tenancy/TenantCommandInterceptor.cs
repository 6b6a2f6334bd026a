using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Npgsql;
using Platform.Data;
using Platform.Tenancy.Placements;

namespace Platform.Tenancy;

/// <summary>
/// Tells PostgreSQL the tenant of every statement, for the policies to see. In a transaction it is set once, when the
/// transaction starts; a lone statement is preceded by a CALL in the same round trip, which PostgreSQL runs in the same
/// implicit transaction. The setting is local to the transaction either way, so a pooled connection carries nothing over. A database
/// refuses a tenant that does not live there; as nothing has happened yet, the same is begun again where it does.
/// </summary>
internal sealed class TenantCommandInterceptor(TenantDatabases databases) : DbCommandInterceptor, IDbTransactionInterceptor
{
    // Places that a tenant can have lived in since this process last looked.
    private const int MaxMoves = 5;

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Prefix(command, eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        if (Prefix(command, eventData) is not { } tenant)
            return result;
        var connection = (NpgsqlConnection)command.Connection!;
        return InterceptionResult<DbDataReader>.SuppressWithResult(await FollowingAsync(connection, tenant, IsRead(eventData), token => command.ExecuteReaderAsync(token), cancellationToken));
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Prefix(command, eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        if (Prefix(command, eventData) is not { } tenant)
            return result;
        var connection = (NpgsqlConnection)command.Connection!;
        return InterceptionResult<int>.SuppressWithResult(await FollowingAsync(connection, tenant, IsRead(eventData), token => command.ExecuteNonQueryAsync(token), cancellationToken));
    }

    public override InterceptionResult<object> ScalarExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<object> result)
    {
        Prefix(command, eventData);
        return result;
    }

    public override async ValueTask<InterceptionResult<object>> ScalarExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<object> result, CancellationToken cancellationToken = default)
    {
        if (Prefix(command, eventData) is not { } tenant)
            return result;
        var connection = (NpgsqlConnection)command.Connection!;
        return InterceptionResult<object>.SuppressWithResult(await FollowingAsync(connection, tenant, IsRead(eventData), async token => (await command.ExecuteScalarAsync(token))!, cancellationToken));
    }

    public async ValueTask<DbTransaction> TransactionStartedAsync(
        DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        if ((eventData.Context as PlatformDbContext)?.Caller.TenantId is not { } tenant)
            return result;
        var own = (NpgsqlConnection)connection;
        var transaction = (NpgsqlTransaction)result;
        var (level, isRefused) = (transaction.IsolationLevel, false);
        // Npgsql sends BEGIN together with the first command, so this is one round trip.
        await FollowingAsync(own, tenant, isHarmless: true, async token =>
        {
            transaction = isRefused ? await own.BeginTransactionAsync(level, token) : transaction;
            isRefused = true;
            await using var command = new NpgsqlCommand(Statement(tenant), own, transaction);
            return await command.ExecuteNonQueryAsync(token);
        }, cancellationToken);
        return transaction;
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result) =>
        throw new NotSupportedException("Transactions are asynchronous here: use SaveChangesAsync and BeginTransactionAsync.");

    // The tenant of a lone statement, which sets it itself.
    private static Guid? Prefix(DbCommand command, CommandEventData eventData)
    {
        if (command.Transaction is not null || (eventData.Context as PlatformDbContext)?.Caller.TenantId is not { } tenant)
            return null;
        command.CommandText = Statement(tenant) + command.CommandText;
        return tenant;
    }

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

    private static bool IsRead(CommandEventData eventData) => eventData.CommandSource is CommandSource.LinqQuery or CommandSource.FromSqlQuery;

    private static string Statement(Guid tenant) => $"CALL platform.set_tenant('{tenant:D}');";
}
