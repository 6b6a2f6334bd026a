using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql;
using Platform.Identity.Realms;

namespace Platform.Identity.Hosting;

/// <summary>Where the provider keeps its rows.</summary>
internal sealed record Database(string ConnectionString);

/// <summary>Looks into the database, without Entity Framework, for what a start still has to do there.</summary>
internal sealed class DatabaseState(Database database, Realm realm, RealmFingerprint fingerprint)
{
    public async Task<(bool IsSchemaCurrent, bool AreClientsCurrent)> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(database.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            var migration = await ScalarAsync(connection, "select max(migration_id) from \"__EFMigrationsHistory\"", cancellationToken);
            if (migration != LatestMigration()) return (false, false);
            var registered = await ScalarAsync(
                connection, "select fingerprint from realm_registrations where realm = $1", cancellationToken, realm.Name);
            return (true, registered == fingerprint.Value);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidCatalogName)
        {
            return (false, false);
        }
    }

    public async Task<bool> IsReachableAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var connection = new NpgsqlConnection(database.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            return await ScalarAsync(connection, "select 'here'", cancellationToken) is not null;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private static async Task<string?> ScalarAsync(
        NpgsqlConnection connection, string sql, CancellationToken cancellationToken, params string[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = parameter });
        return await command.ExecuteScalarAsync(cancellationToken) as string;
    }

    private static string? LatestMigration() => typeof(DatabaseState).Assembly.GetTypes()
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id)
        .Max(StringComparer.Ordinal);
}
