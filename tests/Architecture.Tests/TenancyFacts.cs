using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using Platform.Data;
using Platform.Tenancy;
using Platform.Testing;
using Xunit;

namespace Architecture.Tests;

public sealed class TenancyFacts
{
    // Tables without a tenant, each with the reason.
    private static readonly Dictionary<string, string> Global = new() { ["__ef_migrations_history"] = "Which migrations were applied; the application only reads it." };

    public static TheoryData<string> Databases => [.. Repository.Services.Where(service => ContextType(service.Value) is not null).Select(service => service.Key)];

    [Fact]
    public void There_are_databases_to_check() => Assert.True(Databases.Count >= 6, $"Only {Databases.Count} were found.");

    [Theory]
    [MemberData(nameof(Databases))]
    public void Keys_indexes_and_references_begin_with_the_tenant(string service)
    {
        using var context = CreateContext(service, "Host=localhost");
        var entities = context.Model.GetEntityTypes().Where(type => typeof(ITenantOwned).IsAssignableFrom(type.ClrType)).ToList();
        Assert.NotEmpty(entities);
        Assert.All(entities, entity =>
        {
            Assert.All(entity.GetKeys(), key => BeginsWithTenant(entity, key.Properties));
            Assert.All(entity.GetIndexes().Where(index => index.IsUnique), index => BeginsWithTenant(entity, index.Properties));
            Assert.All(entity.GetForeignKeys(), key => BeginsWithTenant(entity, key.Properties));
        });
    }

    [Theory]
    [MemberData(nameof(Databases))]
    public async Task Every_table_is_under_forced_row_level_security(string service)
    {
        await using var database = await TestDatabase.CreateAsync(service);
        await MigrateAsync(service, database);
        await using var source = NpgsqlDataSource.Create(database.Owner);
        await using var command = source.CreateCommand("""
            SELECT c.relname, c.relrowsecurity, c.relforcerowsecurity,
                EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'tenant_id' AND a.attnotnull),
                EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polcmd = '*' AND p.polqual IS NOT NULL AND p.polwithcheck IS NOT NULL)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
            """);
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var tables = 0;
        while (await reader.ReadAsync(TestContext.Current.CancellationToken))
        {
            var table = reader.GetString(0);
            if (Global.ContainsKey(table))
                continue;
            tables++;
            Assert.True(reader.GetBoolean(3), $"{service}.{table} has no tenant_id NOT NULL.");
            Assert.True(reader.GetBoolean(1) && reader.GetBoolean(2), $"{service}.{table} is not under forced row-level security.");
            Assert.True(reader.GetBoolean(4), $"{service}.{table} has no policy with USING and WITH CHECK for all commands.");
        }

        Assert.True(tables >= 3, $"Only {tables} tables were found in {service}.");
    }

    private static void BeginsWithTenant(IEntityType entity, IReadOnlyList<IReadOnlyProperty> properties) =>
        Assert.True(properties[0].Name == nameof(ITenantOwned.TenantId), $"{entity.DisplayName()}: ({string.Join(", ", properties.Select(property => property.Name))}) does not begin with the tenant.");

    private static Type? ContextType(Assembly assembly) => assembly.GetTypes().SingleOrDefault(type => type.IsSubclassOf(typeof(PlatformDbContext)));

    private static PlatformDbContext CreateContext(string service, string connection)
    {
        var type = ContextType(Repository.Services[service])!;
        var builder = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(type))!;
        DatabaseSetup.ConfigureModel(builder.UseNpgsql(connection, npgsql => npgsql.MigrationsHistoryTable("__ef_migrations_history")));
        return (PlatformDbContext)Activator.CreateInstance(type, builder.Options)!;
    }

    private static async Task MigrateAsync(string service, TestDatabase database)
    {
        await database.ExecuteAsync(DatabaseScripts.Bootstrap);
        await using var context = CreateContext(service, database.Owner);
        await context.Database.MigrateAsync(TestContext.Current.CancellationToken);
    }
}
