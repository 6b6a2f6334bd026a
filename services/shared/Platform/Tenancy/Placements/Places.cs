using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>Where a database keeps the rows of tenants: the shared schema, and those of tenants that have their own.</summary>
public static class Places
{
    /// <summary>The schema of all tenants that have none of their own.</summary>
    public const string Shared = "public";

    /// <summary>The schemas in which this table of cross-tenant work may have rows; the shared one first, always.</summary>
    public static async Task<IReadOnlyList<string>> WithRowsAsync(NpgsqlDataSource database, string table, CancellationToken cancellationToken)
    {
        await using var batch = database.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(CrossTenantWork.Open));
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SELECT platform.places_with($1)") { Parameters = { new() { Value = table } } });
        await using var reader = await batch.ExecuteReaderAsync(cancellationToken);
        await reader.NextResultAsync(cancellationToken);
        var places = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            places.Add(reader.GetString(0));
        return places;
    }

    /// <summary>Every schema with rows of tenants, as the owner sees them.</summary>
    internal static async Task<IReadOnlyList<string>> AllAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var transaction = await owner.BeginTransactionAsync(cancellationToken);
        await using (var open = new NpgsqlCommand(CrossTenantWork.Open, owner))
            await open.ExecuteNonQueryAsync(cancellationToken);
        await using var command = new NpgsqlCommand("SELECT $1 UNION ALL (SELECT schema_name FROM platform.placements WHERE schema_name IS NOT NULL ORDER BY 1)", owner)
        {
            Parameters = { new() { Value = Shared } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var places = new List<string>();
        while (await reader.ReadAsync(cancellationToken))
            places.Add(reader.GetString(0));
        return places;
    }

    /// <summary>A command that makes the rest of the transaction work in the schema.</summary>
    public static NpgsqlBatchCommand Enter(string place) =>
        new("SELECT set_config('search_path', quote_ident($1), true)") { Parameters = { new() { Value = place } } };

    /// <summary>The schema of a tenant of its own.</summary>
    internal static string SchemaOf(Guid tenantId) => $"t_{tenantId:N}";
}
