using System.Collections.Concurrent;
using System.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Data;

namespace Platform.Tenancy.Placements;

/// <summary>
/// Knows which tenants have a database of their own, and opens connections there. What it knows is a guess that costs nothing to
/// be wrong: every database refuses a tenant that it does not serve, before the first statement, and names the right one.
/// </summary>
internal sealed class TenantDatabases
{
    private readonly ConcurrentDictionary<Guid, string> _routes = new();
    private readonly ConcurrentDictionary<string, DatabaseUse> _uses = new(StringComparer.Ordinal);
    private readonly DatabaseConnections _connections;

    public TenantDatabases(IConfiguration configuration, NpgsqlDataSource home, DatabaseNames names, ILogger<MissingDatabases> logger)
    {
        Home = home;
        Missing = new MissingDatabases(logger);
        using (var connection = home.CreateConnection())
            HomeName = connection.Database;
        // Npgsql hides the password of a data source: it is read where it came from.
        _connections = new DatabaseConnections(
            ConnectionText.Of(configuration, names.AppId), HomeName,
            configuration.GetValue("TenantDatabases:Warm", 8), configuration.GetValue("TenantDatabases:Connections", 4));
    }

    /// <summary>Those that are not there.</summary>
    public MissingDatabases Missing { get; }

    /// <summary>The service's own database.</summary>
    public NpgsqlDataSource Home { get; }

    /// <summary>Its name.</summary>
    public string HomeName { get; }

    /// <summary>The tenant's own database as far as is known; null for the service's.</summary>
    public string? RouteOf(Guid tenant) => _routes.GetValueOrDefault(tenant);

    /// <summary>What tenants did in their database, as far as this process knows.</summary>
    public DatabaseUse UseOf(string database) => _uses.GetOrAdd(database, static _ => new DatabaseUse());

    /// <summary>Whether a statement was refused, without effect, because the tenant's rows lie elsewhere.</summary>
    public bool IsElsewhere(NpgsqlConnection connection, NpgsqlException refusal) => refusal switch
    {
        PostgresException { SqlState: PlacementScripts.LivesElsewhere or PlacementScripts.Unconfirmed } => true,
        // A database that was left is dropped under those who have not noticed. They had not got past the lock of the last step, so
        // nothing that they had begun is in the new place.
        PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.AdminShutdown } => connection.Database != HomeName,
        PostgresException => false,
        _ => refusal.InnerException is IOException && connection.Database != HomeName,
    };

    /// <summary>Opens the connection, which is closed, where the tenant lives as far as is known.</summary>
    /// <exception cref="TenantDatabaseMissingException">It lives in a database that does not exist.</exception>
    public async Task OpenAsync(NpgsqlConnection connection, Guid tenant, CancellationToken cancellationToken)
    {
        if (RouteOf(tenant) is not { } database)
        {
            await OpenInAsync(connection, null, cancellationToken);
            return;
        }

        if (Missing.IsMissing(database))
            throw Refused(tenant, database);
        try
        {
            await OpenInAsync(connection, database, cancellationToken);
        }
        catch (NpgsqlException exception) when (IsElsewhere(connection, exception))
        {
            if (Missing.IsNoted(database) && await IsMissingAsync(connection, tenant, database, cancellationToken))
                throw Refused(tenant, database);
            _routes.TryRemove(tenant, out _);
            await OpenInAsync(connection, null, cancellationToken);
            return;
        }

        UseOf(database).Begins();
        connection.StateChange += EndUseWhenClosed;
    }

    /// <summary>Gives a context from the pool, which another tenant may have left in its database, a connection to the service's.</summary>
    public void BringHome(DbContext context)
    {
        if ((!_routes.IsEmpty || Missing.Any) && context.Database.GetDbConnection().Database != HomeName)
            context.Database.SetDbConnection(Home.CreateConnection(), contextOwnsConnection: true);
    }

    /// <summary>After a refusal, opens the connection where the tenant lives.</summary>
    /// <param name="connection">The connection on which it was refused.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="refusal">What came instead of an answer.</param>
    /// <param name="isHarmless">Whether what was refused has no effect even if it was done: then a connection that died is replaced by another.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task FollowAsync(NpgsqlConnection connection, Guid tenant, NpgsqlException refusal, bool isHarmless, CancellationToken cancellationToken)
    {
        var here = connection.Database;
        await CloseAsync(connection);
        await LearnAsync(here, tenant, refusal, isHarmless, cancellationToken);
        await OpenAsync(connection, tenant, cancellationToken);
    }

    /// <summary>The same without a connection: notes where the tenant lives.</summary>
    public async Task LearnAsync(string here, Guid tenant, NpgsqlException refusal, bool isHarmless, CancellationToken cancellationToken)
    {
        var next = refusal switch
        {
            PostgresException { SqlState: PlacementScripts.LivesElsewhere } named => named.MessageText,
            PostgresException { SqlState: PlacementScripts.Unconfirmed } => await ConfirmAsync(tenant, here, cancellationToken),
            _ => await PlacementTable.DatabaseOfAsync(Home, tenant, cancellationToken),
        };
        if (next == here && refusal is not PostgresException { SqlState: PlacementScripts.Unconfirmed })
        {
            // The tenant may have left this database, which was dropped, and have come back to one of the same name: connections that
            // waited in the pool are those to the dropped one. Or it is an outage; if something may be done by now, the caller is to know.
            Close(here);
            if (!isHarmless)
                throw refusal;
        }

        Note(tenant, next);
    }

    /// <summary>Opens the connection, which is closed, in a tenant's database; null is the service's own.</summary>
    public async Task OpenInAsync(NpgsqlConnection connection, string? database, CancellationToken cancellationToken)
    {
        try
        {
            await _connections.OpenAsync(connection, database, cancellationToken);
        }
        catch (PostgresException none) when (none.SqlState == PostgresErrorCodes.InvalidCatalogName && database is not null)
        {
            Missing.Note(database);
            throw;
        }

        if (database is not null)
            Missing.Forget(database);
    }

    /// <summary>Closes what this process keeps open to a database that is about to go, or has gone.</summary>
    public void Close(string database) => _connections.Close(database);

    /// <summary>
    /// Asks the service's database, which alone decides, whether the tenant lives in this one, and notes the answer there. While it
    /// is asked the lock keeps a move from being decided. The answer is where the tenant lives; null for the service's own.
    /// </summary>
    public async Task<string?> ConfirmAsync(Guid tenant, string database, CancellationToken cancellationToken)
    {
        var decided = await PlacementTable.DatabaseOfAsync(Home, tenant, cancellationToken);
        if (decided != database)
            return decided;
        await using var connection = new NpgsqlConnection();
        try
        {
            await OpenInAsync(connection, database, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await ExecuteAsync(connection, "SELECT set_config('platform.tenant_id', $1::text, true), pg_advisory_xact_lock_shared(uuid_hash_extended($1, 0))", tenant, cancellationToken);
            decided = await PlacementTable.DatabaseOfAsync(Home, tenant, cancellationToken);
            if (decided == database)
                await ExecuteAsync(connection, "UPDATE platform.placements SET confirmed = true WHERE tenant_id = $1", tenant, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            return decided;
        }
        catch (NpgsqlException exception) when (IsElsewhere(connection, exception))
        {
            Close(database);
            return null;
        }
    }

    // A tenant leaves a database before it is dropped. One that is named after it was found to be gone is missing, unless the tenant has come
    // back to a new one of that name since.
    private async Task<bool> IsMissingAsync(NpgsqlConnection connection, Guid tenant, string database, CancellationToken cancellationToken)
    {
        if (await PlacementTable.DatabaseOfAsync(Home, tenant, cancellationToken) != database)
            return false;
        Close(database);
        try
        {
            await OpenInAsync(connection, database, cancellationToken);
            await connection.CloseAsync();
            return false;
        }
        catch (PostgresException none) when (none.SqlState == PostgresErrorCodes.InvalidCatalogName)
        {
            return true;
        }
    }

    private TenantDatabaseMissingException Refused(Guid tenant, string database)
    {
        Missing.Confirm(tenant, database);
        return new TenantDatabaseMissingException(database);
    }

    // Where the way to a database is new, what the pool has kept may lead to one that had its name before.
    private void Note(Guid tenant, string? database)
    {
        if (database is null)
        {
            _routes.TryRemove(tenant, out _);
            return;
        }

        if (RouteOf(tenant) != database)
            Close(database);
        _routes[tenant] = database;
    }

    // Where the database is dropped meanwhile, there is nothing to roll back.
    private async Task CloseAsync(NpgsqlConnection connection)
    {
        try
        {
            await ForgetRefusalAsync(connection);
            await connection.CloseAsync();
        }
        catch (NpgsqlException exception) when (IsElsewhere(connection, exception))
        {
            await connection.CloseAsync();
        }
    }

    // EF Core does not learn of the refusal, and so does not say that what was prepared by it is to be forgotten.
    private static async Task ForgetRefusalAsync(NpgsqlConnection connection)
    {
        if (connection.FullState != ConnectionState.Open)
            return;
        await using var rollback = new NpgsqlCommand("ROLLBACK", connection);
        await rollback.ExecuteNonQueryAsync();
        PreparedStatements.Forget(connection);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, Guid tenant, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = tenant } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private void EndUseWhenClosed(object sender, StateChangeEventArgs change)
    {
        if (change.CurrentState == ConnectionState.Open || sender is not NpgsqlConnection connection)
            return;
        connection.StateChange -= EndUseWhenClosed;
        UseOf(connection.Database).Ends();
    }
}
