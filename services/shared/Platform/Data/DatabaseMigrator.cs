using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Platform.Tenancy.Placements;

namespace Platform.Data;

/// <summary>
/// Brings the schema up to date as the owner, gives the application's role its rights, and refuses to start where that role
/// could step around row-level security.
/// </summary>
internal sealed partial class DatabaseMigrator(
    SchemaMigrations migrations, IConfiguration configuration, NpgsqlDataSource application, DatabaseNames names, ILogger<DatabaseMigrator> logger)
    : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (migrations.Owner is { } owner)
            await MigrateAsync(owner, cancellationToken);
        await RefuseUnsafeRoleAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task MigrateAsync(string owner, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await ExecuteAsync(connection, DatabaseScripts.Bootstrap, cancellationToken);
        await ExecuteAsync(connection, DatabaseScripts.CreateRole(migrations.Role, Password()), cancellationToken);
        foreach (var place in await Places.AllAsync(connection, cancellationToken))
        {
            var applied = place.Database is { } database
                ? await migrations.ApplyToDatabaseAsync(owner, database, cancellationToken) : await migrations.ApplyAsync(owner, place.Schema, cancellationToken);
            if (applied > 0)
                LogMigrated(logger, names.AppId, place.Database ?? place.Schema, applied);
        }
    }

    // Npgsql hides the password of a data source: it is read where it came from.
    private string Password() => new NpgsqlConnectionStringBuilder(configuration.GetConnectionString(names.AppId)).Password ?? "";

    private async Task RefuseUnsafeRoleAsync(CancellationToken cancellationToken)
    {
        await using var command = application.CreateCommand(DatabaseScripts.UnsafeRole);
        if (await command.ExecuteScalarAsync(cancellationToken) is string reason)
            throw new InvalidOperationException($"The database role of '{names.AppId}' {reason}: row-level security would not hold. Use a role that owns nothing.");
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Database of {AppId} migrated: {Count} migrations applied in {Schema}")]
    private static partial void LogMigrated(ILogger logger, string appId, string schema, int count);
}
