using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Tenancy.Placements;

namespace Platform.Data;

/// <summary>Makes the service's context on a connection of the owner, in one schema.</summary>
internal delegate PlatformDbContext OwnerContext(IServiceProvider provider, NpgsqlDataSource owner, string schema);

/// <summary>The service's migrations and grants for a schema; the shared one and those of single tenants get the same.</summary>
internal sealed class SchemaMigrations(IServiceScopeFactory scopes, IConfiguration configuration, NpgsqlDataSource application, DatabaseNames names, OwnerContext create)
{
    public const string HistoryTable = "__ef_migrations_history";

    /// <summary>Connection string of the owner; null where this process has none.</summary>
    public string? Owner => configuration.GetConnectionString($"{names.AppId}-owner") is { Length: > 0 } text ? text : null;

    /// <summary>The application's role.</summary>
    public string Role => new NpgsqlConnectionStringBuilder(application.ConnectionString).Username!;

    /// <summary>Brings a schema that exists up to date; how many migrations were applied.</summary>
    public async Task<int> ApplyAsync(string owner, string schema, CancellationToken cancellationToken)
    {
        // Migrations name no schema: the search path says where their tables are made.
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(owner) { SearchPath = schema, Pooling = false }.ConnectionString);
        await using var scope = scopes.CreateAsyncScope();
        await using var context = create(scope.ServiceProvider, source, schema);
        var pending = (await context.Database.GetPendingMigrationsAsync(cancellationToken)).ToList();
        if (pending.Count > 0)
            await context.Database.MigrateAsync(cancellationToken);
        await using var command = source.CreateCommand(DatabaseScripts.Grant(Role, schema) + PlacementScripts.MakeMovable(schema));
        await command.ExecuteNonQueryAsync(cancellationToken);
        return pending.Count;
    }

    /// <summary>The same for a tenant's own database, with all that surrounds the migrations.</summary>
    public async Task<int> ApplyToDatabaseAsync(string owner, string database, CancellationToken cancellationToken)
    {
        var text = new NpgsqlConnectionStringBuilder(owner) { Database = database }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(text) { Pooling = false }.ConnectionString);
        await using (var bootstrap = source.CreateCommand(DatabaseScripts.Bootstrap))
            await bootstrap.ExecuteNonQueryAsync(cancellationToken);
        var applied = await ApplyAsync(text, Places.Shared, cancellationToken);
        await using var grant = source.CreateCommand(DatabaseScripts.GrantDatabase(Role, database));
        await grant.ExecuteNonQueryAsync(cancellationToken);
        return applied;
    }
}
