using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Tenancy.Placements;
using Platform.Testing;

namespace Contacts.Tests.Placements;

/// <summary>The service with the owner's connection, which moves need, and a broker that remembers what it took.</summary>
public sealed class MovableContacts : ContactsFixture
{
    public FakeSidecar Sidecar { get; } = new();

    /// <summary>What the log says of databases that are not there.</summary>
    public LoggedLines Missing { get; } = new("Platform.Tenancy.Placements.MissingDatabases");

    protected override void Configure(IServiceCollection services)
    {
        base.Configure(services);
        services.AddSingleton<ILoggerProvider>(Missing);
    }

    protected override IEnumerable<(string Name, string Value)> Settings => Database is null
        ? []
        : [("ConnectionStrings:contacts-owner", Database.Owner), ("DAPR_GRPC_ENDPOINT", Sidecar.Address.ToString())];

    public override async ValueTask InitializeAsync()
    {
        await Sidecar.StartAsync();
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Sidecar.DisposeAsync();
    }

    /// <summary>Moves the tenant; what the mover reported.</summary>
    internal async Task<List<MoveProgress>> MoveAsync(
        Guid tenant, PlacementLevel level, Func<MoveProgress, Task>? onProgress = null, CancellationToken cancellationToken = default)
    {
        var steps = new List<MoveProgress>();
        await Services.GetRequiredService<TenantMover>().MoveAsync(tenant, level, async progress =>
        {
            steps.Add(progress);
            if (onProgress is not null)
                await onProgress(progress);
        }, cancellationToken);
        return steps;
    }

    /// <summary>How many rows of the tenant lie in a table, as the owner sees it.</summary>
    internal Task<long> RowsAsync(string table, Guid tenant) => Database.QueryAsync<long>($"SELECT count(*) FROM {table} WHERE tenant_id = '{tenant}'");

    /// <summary>The tenant's own database.</summary>
    internal Task<string> DatabaseOfAsync(Guid tenant) => Database.QueryAsync<string>($"SELECT database_name FROM platform.placements WHERE tenant_id = '{tenant}'");

    /// <summary>Runs a statement as the owner in another database.</summary>
    internal Task InDatabaseAsync(string database, string sql) => InDatabaseAsync<object>(database, $"{sql} RETURNING 1");

    /// <summary>One value, read as the owner in another database.</summary>
    internal async Task<T> InDatabaseAsync<T>(string? database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(In(Database.Owner, database));
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>The connection string of another database of the server.</summary>
    internal static string In(string text, string? database)
    {
        var connection = new NpgsqlConnectionStringBuilder(text) { Pooling = false };
        connection.Database = database ?? connection.Database;
        return connection.ConnectionString;
    }

    /// <summary>Ends the mover's connection, as its death would.</summary>
    internal Task KillMoverAsync() => Database.ExecuteAsync(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'tenant-move' AND datname = current_database()");

    /// <summary>Holds a transaction of the tenant open until it is disposed.</summary>
    internal async Task<IAsyncDisposable> HoldTransactionAsync(Guid tenant)
    {
        var connection = new NpgsqlConnection(Database.Application);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"BEGIN; CALL platform.set_tenant('{tenant}')", connection);
        await command.ExecuteNonQueryAsync();
        return connection;
    }

    /// <summary>Whether the mover waits for transactions of its tenant.</summary>
    internal Task<bool> MoverWaitsAsync() => Database.QueryAsync<bool>(
        """
        SELECT EXISTS (SELECT FROM pg_stat_activity
            WHERE application_name = 'tenant-move' AND datname = current_database() AND wait_event_type = 'Lock')
        """);
}
