using System.Collections.Concurrent;
using System.Data;
using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>Connections to the database of a service and, few of them, to those of tenants.</summary>
/// <param name="text">How the service's own is reached.</param>
/// <param name="home">Its name.</param>
/// <param name="warm">How many tenants' databases may be connected to at a time.</param>
/// <param name="most">How many connections to each of them.</param>
internal sealed class DatabaseConnections(string text, string home, int warm, int most)
{
    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);
    private readonly TenantPools _pools = new(warm);

    /// <summary>Opens the connection, which is closed, in a tenant's database; null is the service's own.</summary>
    public async Task OpenAsync(NpgsqlConnection connection, string? database, CancellationToken cancellationToken)
    {
        if (database is null)
        {
            if (connection.Database != home)
                connection.ConnectionString = text;
            await connection.OpenAsync(cancellationToken);
            return;
        }

        var own = TextOf(database);
        await _pools.EnterAsync(own, cancellationToken);
        try
        {
            connection.ConnectionString = own;
            await connection.OpenAsync(cancellationToken);
        }
        catch
        {
            _pools.Leave(own);
            throw;
        }

        connection.StateChange += LeaveWhenClosed;
    }

    /// <summary>Closes what is open to a tenant's database and unused.</summary>
    public void Close(string database) => TenantPools.Close(TextOf(database));

    private void LeaveWhenClosed(object sender, StateChangeEventArgs change)
    {
        if (change.CurrentState == ConnectionState.Open || sender is not NpgsqlConnection connection)
            return;
        connection.StateChange -= LeaveWhenClosed;
        _pools.Leave(TextOf(connection.Database));
    }

    // Few connections, and none kept for long: there may be thousands of such databases. Nothing is prepared in them, because whoever
    // comes there while a tenant moves is refused, and Npgsql loses count of what was prepared then: see PreparedStatements.
    private string TextOf(string database) => _texts.GetOrAdd(database, name => new NpgsqlConnectionStringBuilder(text)
    {
        Database = name,
        MaxPoolSize = most,
        MinPoolSize = 0,
        MaxAutoPrepare = 0,
        ConnectionIdleLifetime = 10,
        ConnectionPruningInterval = 5,
    }.ConnectionString);
}
