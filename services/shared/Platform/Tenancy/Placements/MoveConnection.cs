using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>The owner's connection of one move: it sees this tenant's rows, triggers stand aside for it, texts read the same everywhere.</summary>
internal sealed class MoveConnection : IAsyncDisposable
{
    private const string Settings = """
        SELECT set_config('platform.tenant_id', $1, false), set_config('platform.moving', 'on', false), set_config('TimeZone', 'UTC', false),
            set_config('DateStyle', 'ISO', false), set_config('IntervalStyle', 'iso_8601', false), set_config('extra_float_digits', '3', false),
            set_config('search_path', 'public, pg_temp', false)
        """;

    private MoveConnection(NpgsqlConnection connection, Guid tenantId) => (Connection, TenantId) = (connection, tenantId);

    public Guid TenantId { get; }

    public NpgsqlConnection Connection { get; }

    /// <summary>Opens it, in another database of the same server where one is named.</summary>
    public static async Task<MoveConnection> OpenAsync(string owner, Guid tenantId, CancellationToken cancellationToken, string? database = null)
    {
        // Not pooled: its settings and its lock end with it.
        var text = new NpgsqlConnectionStringBuilder(owner) { Pooling = false, ApplicationName = "tenant-move", CommandTimeout = 0 };
        text.Database = database ?? text.Database;
        var connection = new NpgsqlConnection(text.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Settings, connection) { Parameters = { new() { Value = tenantId.ToString() } } };
        await command.ExecuteNonQueryAsync(cancellationToken);
        return new MoveConnection(connection, tenantId);
    }

    /// <summary>Runs a statement whose $1 is the tenant; how many rows it wrote.</summary>
    public async Task<int> ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = Tenant(sql);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs a script without parameters.</summary>
    public async Task RunAsync(string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, Connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>A statement whose $1 is the tenant.</summary>
    public NpgsqlCommand Tenant(string sql) => new(sql, Connection) { Parameters = { new() { Value = TenantId } } };

    public ValueTask DisposeAsync() => Connection.DisposeAsync();
}
