using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Platform.Data;

/// <summary>
/// Brings the schema up to date as the owner, gives the application's role its rights, and refuses to start where that role
/// could step around row-level security.
/// </summary>
internal sealed partial class DatabaseMigrator<TContext>(
    IServiceScopeFactory scopes, IConfiguration configuration, NpgsqlDataSource application, DatabaseNames names, ILogger<DatabaseMigrator<TContext>> logger)
    : IHostedService
    where TContext : PlatformDbContext
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (configuration.GetConnectionString($"{names.AppId}-owner") is { Length: > 0 } owner)
            await MigrateAsync(owner, cancellationToken);
        await RefuseUnsafeRoleAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task MigrateAsync(string owner, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(owner);
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var role = new NpgsqlConnectionStringBuilder(application.ConnectionString).Username!;
        await ExecuteAsync(connection, DatabaseScripts.Bootstrap, cancellationToken);
        await ExecuteAsync(connection, DatabaseScripts.CreateRole(role, Password()), cancellationToken);

        await using var scope = scopes.CreateAsyncScope();
        var options = new DbContextOptionsBuilder<TContext>();
        DatabaseSetup.Configure(options, scope.ServiceProvider);
        options.UseNpgsql(source, npgsql => npgsql.MigrationsHistoryTable("__ef_migrations_history"));
        await using var context = ActivatorUtilities.CreateInstance<TContext>(scope.ServiceProvider, options.Options);
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count > 0)
        {
            await context.Database.MigrateAsync(cancellationToken);
            LogMigrated(logger, names.AppId, pending.Count);
        }

        await ExecuteAsync(connection, DatabaseScripts.Grant(role), cancellationToken);
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

    [LoggerMessage(Level = LogLevel.Information, Message = "Database of {AppId} migrated: {Count} migrations applied")]
    private static partial void LogMigrated(ILogger logger, string appId, int count);
}
