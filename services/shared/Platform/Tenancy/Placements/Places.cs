using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Platform.Tenancy.Placements;

/// <summary>How the places of tenants are called, and which there are.</summary>
public static class Places
{
    /// <summary>The schema of all tenants that have none of their own.</summary>
    public const string Shared = "public";

    // PostgreSQL cuts names after 63 bytes; a database is made under a name that is four longer.
    private const int MaxName = 59;

    /// <summary>The schema of a tenant of its own.</summary>
    internal static string SchemaOf(Guid tenantId) => $"t_{tenantId:N}";

    /// <summary>The database of a tenant of its own, beside that of the service.</summary>
    internal static string DatabaseOf(string home, Guid tenantId)
    {
        var name = $"{home}_t_{tenantId:N}";
        return name.Length <= MaxName ? name : $"t_{tenantId:N}_{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(home)))[..12]}";
    }

    /// <summary>Every place with rows of tenants, as the owner sees them.</summary>
    internal static async Task<IReadOnlyList<Place>> AllAsync(NpgsqlConnection owner, CancellationToken cancellationToken)
    {
        await using var transaction = await owner.BeginTransactionAsync(cancellationToken);
        await using (var open = new NpgsqlCommand(CrossTenantWork.Open, owner))
            await open.ExecuteNonQueryAsync(cancellationToken);
        await using var command = new NpgsqlCommand(
            "SELECT database_name, coalesce(schema_name, 'public') FROM platform.placements WHERE num_nonnulls(schema_name, database_name) > 0 ORDER BY 1, 2", owner);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        List<Place> places = [Place.Shared];
        while (await reader.ReadAsync(cancellationToken))
            places.Add(new Place(reader.IsDBNull(0) ? null : reader.GetString(0), reader.GetString(1)));
        return places;
    }
}
