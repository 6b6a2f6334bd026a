using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>Where a tenant lives, and where rows of it may still lie that nobody reads.</summary>
internal sealed record TenantPlacement(Place Place, Place? Leftover);

/// <summary>
/// The row of a tenant in <c>platform.placements</c>; only the owner writes it. That of the service's database decides. A tenant's
/// own database has one as well: unless it is confirmed, whoever comes asks the service's.
/// </summary>
internal static class PlacementTable
{
    private const string Read = """
        SELECT database_name, coalesce(schema_name, 'public'), leftover_database, coalesce(leftover, CASE WHEN leftover_database IS NOT NULL THEN 'public' END)
        FROM platform.placements WHERE tenant_id = $1
        """;

    private const string Switch = """
        INSERT INTO platform.placements AS placement (tenant_id, database_name, schema_name, leftover_database, leftover, epoch)
        VALUES ($1, nullif($2, ''), nullif($3, 'public'), nullif($4, ''), $5, 1)
        ON CONFLICT (tenant_id) DO UPDATE SET database_name = excluded.database_name, schema_name = excluded.schema_name,
            leftover_database = excluded.leftover_database, leftover = excluded.leftover, epoch = placement.epoch + 1, update_time = now()
        """;

    private const string Cleaned = "UPDATE platform.placements SET leftover = NULL, leftover_database = NULL, update_time = now() WHERE tenant_id = $1";

    // No row means that the tenant shares tables and has nothing elsewhere.
    private const string Forget = "DELETE FROM platform.placements WHERE tenant_id = $1 AND num_nonnulls(database_name, schema_name, leftover_database, leftover) = 0";

    private const string Mark = """
        INSERT INTO platform.placements (tenant_id, confirmed) VALUES ($1, $2)
        ON CONFLICT (tenant_id) DO UPDATE SET confirmed = excluded.confirmed, update_time = now()
        """;

    private const string Enter = "SELECT set_config('platform.tenant_id', $1, true)";
    private const string Ask = "SELECT database_name FROM platform.placements WHERE tenant_id = $1";

    public static async Task<TenantPlacement> ReadAsync(MoveConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Tenant(Read);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new TenantPlacement(new Place(Text(reader, 0), reader.GetString(1)), Text(reader, 3) is { } leftover ? new Place(Text(reader, 2), leftover) : null)
            : new TenantPlacement(Place.Shared, null);
    }

    public static async Task SwitchAsync(MoveConnection connection, Place place, Place leftover, CancellationToken cancellationToken)
    {
        await using var command = connection.Tenant(Switch);
        foreach (var value in (string[])[place.Database ?? "", place.Schema, leftover.Database ?? "", leftover.Schema])
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static Task CleanedAsync(MoveConnection connection, CancellationToken cancellationToken) => connection.ExecuteAsync(Cleaned, cancellationToken);

    public static Task ForgetAsync(MoveConnection connection, CancellationToken cancellationToken) => connection.ExecuteAsync(Forget, cancellationToken);

    /// <summary>In a tenant's own database: whether its word is enough.</summary>
    public static async Task MarkAsync(MoveConnection own, bool confirmed, CancellationToken cancellationToken)
    {
        await using var command = own.Tenant(Mark);
        command.Parameters.Add(new() { Value = confirmed });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>What the service's database says, as the application sees it; null for itself.</summary>
    public static async Task<string?> DatabaseOfAsync(NpgsqlDataSource home, Guid tenant, CancellationToken cancellationToken) =>
        (await AskAsync(home, tenant, cancellationToken)).Database;

    /// <summary>Whether it says anything of the tenant.</summary>
    public static async Task<bool> IsKnownAsync(NpgsqlDataSource home, Guid tenant, CancellationToken cancellationToken) =>
        (await AskAsync(home, tenant, cancellationToken)).IsKnown;

    private static async Task<(bool IsKnown, string? Database)> AskAsync(NpgsqlDataSource home, Guid tenant, CancellationToken cancellationToken)
    {
        await using var batch = home.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Enter) { Parameters = { new() { Value = tenant.ToString() } } });
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Ask) { Parameters = { new() { Value = tenant } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken) ? (true, Text(reader, 0)) : (false, null);
    }

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
}
