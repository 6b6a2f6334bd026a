using Npgsql;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>
/// Sees to it that each consumer group is served by one process at a time, whatever number of sidecars shares the database:
/// a session's advisory lock a consumer, all on one connection. The server lets go of them when the process dies.
/// </summary>
internal sealed class BrokerLeases(NpgsqlDataSource database, BrokerTables tables) : IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(1);
    private NpgsqlConnection? _connection;
    private CancellationTokenSource _lost = new();

    /// <returns>A token that is cancelled when the lease is lost, or null while another process has it.</returns>
    public async Task<CancellationToken?> TryAcquire(string consumer, CancellationToken cancellationToken) =>
        await Execute("SELECT pg_try_advisory_lock(hashtextextended($1, 0))", consumer, cancellationToken);

    public async Task Release(string consumer)
    {
        try
        {
            await Execute("SELECT pg_advisory_unlock(hashtextextended($1, 0))", consumer, CancellationToken.None);
        }
        catch (NpgsqlException)
        {
            // The connection is gone, and the lock with it.
        }
    }

    /// <summary>Finds out whether the leases are still there; to be called now and then.</summary>
    public Task Check(CancellationToken cancellationToken) => Execute("SELECT $1 IS NOT NULL", "", cancellationToken);

    private async Task<CancellationToken?> Execute(string statement, string consumer, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // A command that is cancelled midway leaves unknown whether the lock is held: short ones are let run.
            _connection ??= await database.OpenConnectionAsync(CancellationToken.None);
            await using var command = new NpgsqlCommand(statement, _connection);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = tables.LeaseOf(consumer) });
            return await command.ExecuteScalarAsync(CancellationToken.None) is true ? _lost.Token : null;
        }
        catch (Exception error) when (error is NpgsqlException or InvalidOperationException)
        {
            await Lose();
            throw error as NpgsqlException ?? new NpgsqlException("the connection of the leases broke", error);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task Lose()
    {
        var lost = _lost;
        _lost = new CancellationTokenSource();
        await lost.CancelAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
        _connection = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_connection is not null)
            await _connection.DisposeAsync();
        _lost.Dispose();
        _turn.Dispose();
    }
}
