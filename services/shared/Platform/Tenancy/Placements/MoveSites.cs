using Npgsql;
using Platform.Data;

namespace Platform.Tenancy.Placements;

/// <summary>The places of one move: how they are made and removed, and the owner's connections to their databases.</summary>
internal sealed class MoveSites(MoveConnection home, string owner, SchemaMigrations migrations, TenantDatabases databases) : IAsyncDisposable
{
    private const string MayCreate = "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user";
    private const int Moments = 40;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(50);
    private MoveConnection? _own;

    /// <summary>To the service's database, whose word decides.</summary>
    public MoveConnection Home => home;

    /// <summary>Where the tenant is to live.</summary>
    public Place Of(PlacementLevel level) => level switch
    {
        PlacementLevel.Schema => new Place(null, Places.SchemaOf(home.TenantId)),
        PlacementLevel.Database => new Place(Places.DatabaseOf(databases.HomeName, home.TenantId), Places.Shared),
        _ => Place.Shared,
    };

    /// <summary>The connection of the move to a place's database.</summary>
    public async Task<MoveConnection> ConnectAsync(Place place, CancellationToken cancellationToken) =>
        place.Database is { } database ? _own ??= await MoveConnection.OpenAsync(owner, home.TenantId, cancellationToken, database) : home;

    /// <summary>Makes a place ready. Nobody reads there: whatever lies in it is what an earlier move, broken off or undone, has left.</summary>
    public async Task<long> PrepareAsync(Place place, CancellationToken cancellationToken)
    {
        if (place == Place.Shared)
            return await TenantCopy.EmptyAsync(home, place.Schema, cancellationToken);
        if (place.Database is { } database)
        {
            await CreateDatabaseAsync(database, cancellationToken);
            return 0;
        }

        await home.RunAsync($"DROP SCHEMA IF EXISTS {place.Schema} CASCADE; CREATE SCHEMA {place.Schema}", cancellationToken);
        await migrations.ApplyAsync(owner, place.Schema, cancellationToken);
        return 0;
    }

    /// <summary>Removes what lies in a place where the tenant does not live; how many rows of others' tables went.</summary>
    public async Task<long> CleanAsync(Place leftover, CancellationToken cancellationToken)
    {
        if (leftover == Place.Shared)
            return await TenantCopy.EmptyAsync(home, leftover.Schema, cancellationToken);
        if (leftover.Database is { } database)
            await DropDatabaseAsync(database, cancellationToken);
        else
            await home.RunAsync($"DROP SCHEMA IF EXISTS {leftover.Schema} CASCADE", cancellationToken);
        return 0;
    }

    /// <summary>
    /// Says in the tenant's own database whether its word is enough. On a connection of its own, so that it is true at once: the
    /// transaction of the move, which holds everybody back, goes on.
    /// </summary>
    public async Task MarkAsync(string database, bool confirmed, CancellationToken cancellationToken)
    {
        await using var connection = await MoveConnection.OpenAsync(owner, home.TenantId, cancellationToken, database);
        await PlacementTable.MarkAsync(connection, confirmed, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
            await _own.DisposeAsync();
    }

    private async Task CreateDatabaseAsync(string database, CancellationToken cancellationToken)
    {
        await using (var may = new NpgsqlCommand(MayCreate, home.Connection))
        {
            if (await may.ExecuteScalarAsync(cancellationToken) is not true)
                throw new MoveRefusedException("MOVE_NEEDS_CREATEDB", "The owner of the service's database may not create databases: give its role CREATEDB for the time of the move.");
        }

        // Made under a name that nobody knows: there may be processes that still believe the tenant to live there from an earlier time.
        var unknown = $"{database}_new";
        await home.RunAsync($"DROP DATABASE IF EXISTS {Quoted(unknown)} WITH (FORCE)", cancellationToken);
        await home.RunAsync($"CREATE DATABASE {Quoted(unknown)}", cancellationToken);
        await migrations.ApplyToDatabaseAsync(owner, unknown, cancellationToken);
        await MarkAsync(unknown, confirmed: false, cancellationToken);
        await DropDatabaseAsync(database, cancellationToken);
        await home.RunAsync($"ALTER DATABASE {Quoted(unknown)} RENAME TO {Quoted(database)}", cancellationToken);
    }

    // Nobody works in it any more. Who has not noticed is given a moment to find out by asking; idle connections are cut off then.
    private async Task DropDatabaseAsync(string database, CancellationToken cancellationToken)
    {
        if (_own is not null)
            await _own.DisposeAsync();
        _own = null;
        databases.Close(database);
        for (var left = Moments; left > 0 && await IsOpenAsync(database, cancellationToken); left--)
        {
            await Task.Delay(Moment, cancellationToken);
            databases.Close(database);
        }

        await home.RunAsync($"DROP DATABASE IF EXISTS {Quoted(database)} WITH (FORCE)", cancellationToken);
    }

    private async Task<bool> IsOpenAsync(string database, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = $1)", home.Connection) { Parameters = { new() { Value = database } } };
        return await command.ExecuteScalarAsync(cancellationToken) is true;
    }

    private static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
