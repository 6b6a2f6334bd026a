using Aspire.Hosting.ApplicationModel;
using Npgsql;

namespace Platform.LocalHost.Postgres;

internal static class Databases
{
    /// <summary>Creates the databases that are not there.</summary>
    /// <param name="connectionString">Of the server.</param>
    /// <param name="server">Whose databases.</param>
    /// <param name="log">Hears of each that is made.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task CreateAsync(string connectionString, PostgresServerResource server, Action<string> log, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancellationToken);
        foreach (var name in server.Databases.Values.Distinct(StringComparer.Ordinal))
        {
            if (await ExistsAsync(connection, name, cancellationToken))
                continue;
            log($"creating the database {name}");
            await using var create = connection.CreateCommand();
            create.CommandText = server.CreationScriptOf(name) ?? $"CREATE DATABASE \"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
            await create.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    private static async Task<bool> ExistsAsync(NpgsqlConnection connection, string name, CancellationToken cancellationToken)
    {
        await using var query = new NpgsqlCommand("SELECT 1 FROM pg_database WHERE datname = $1", connection) { Parameters = { new() { Value = name } } };
        return await query.ExecuteScalarAsync(cancellationToken) is not null;
    }
}
