using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>Where a tenant lives, and where rows of it may still lie that nobody reads.</summary>
internal sealed record TenantPlacement(string Place, string? Leftover, long Epoch);

/// <summary>The row of a tenant in <c>platform.placements</c>; only the owner writes it.</summary>
internal static class PlacementTable
{
    private const string Read = "SELECT coalesce(schema_name, 'public'), leftover, epoch FROM platform.placements WHERE tenant_id = $1";

    private const string Switch = """
        INSERT INTO platform.placements AS placement (tenant_id, schema_name, leftover, epoch) VALUES ($1, nullif($2, 'public'), $3, 1)
        ON CONFLICT (tenant_id) DO UPDATE SET schema_name = excluded.schema_name, leftover = excluded.leftover, epoch = placement.epoch + 1, update_time = now()
        """;

    private const string Cleaned = "UPDATE platform.placements SET leftover = NULL, update_time = now() WHERE tenant_id = $1";

    public static async Task<TenantPlacement> ReadAsync(MoveConnection connection, CancellationToken cancellationToken)
    {
        await using var command = connection.Tenant(Read);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        return await reader.ReadAsync(cancellationToken)
            ? new TenantPlacement(reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetString(1), reader.GetInt64(2))
            : new TenantPlacement(Places.Shared, null, 0);
    }

    public static async Task SwitchAsync(MoveConnection connection, string place, string leftover, CancellationToken cancellationToken)
    {
        await using var command = connection.Tenant(Switch);
        command.Parameters.Add(new() { Value = place });
        command.Parameters.Add(new() { Value = leftover });
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static Task CleanedAsync(MoveConnection connection, CancellationToken cancellationToken) => connection.ExecuteAsync(Cleaned, cancellationToken);
}
