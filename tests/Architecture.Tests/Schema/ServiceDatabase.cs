using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Data;
using Platform.Tenancy.Placements;
using Platform.Testing;
using Xunit;

namespace Architecture.Tests.Schema;

/// <summary>The databases of the services, found by the contexts that their assemblies contain.</summary>
internal static class ServiceDatabase
{
    public static IReadOnlyList<string> All { get; } = [.. Repository.Services.Where(service => ContextType(service.Value) is not null).Select(service => service.Key)];

    public static PlatformDbContext CreateContext(string service, string connection)
    {
        var type = ContextType(Repository.Services[service])!;
        var builder = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(type))!;
        DatabaseSetup.ConfigureModel(builder.UseNpgsql(connection, npgsql => npgsql.MigrationsHistoryTable("__ef_migrations_history")));
        return (PlatformDbContext)Activator.CreateInstance(type, builder.Options)!;
    }

    /// <summary>A database as the service's own start leaves it: bootstrap, role, migrations, grants.</summary>
    public static Task<TestDatabase> CloneAsync(string service) => TestDatabase.CloneAsync(service, async database =>
    {
        var application = new NpgsqlConnectionStringBuilder(database.Application);
        await database.ExecuteAsync(DatabaseScripts.Bootstrap);
        await database.ExecuteAsync(DatabaseScripts.CreateRole(application.Username!, application.Password!));
        await using (var context = CreateContext(service, database.Owner))
            await context.Database.MigrateAsync(TestContext.Current.CancellationToken);
        await database.ExecuteAsync(DatabaseScripts.Grant(application.Username!));
        await database.ExecuteAsync(PlacementScripts.MakeMovable(Places.Shared));
    });

    private static Type? ContextType(Assembly assembly) => assembly.GetTypes().SingleOrDefault(type => type.IsSubclassOf(typeof(PlatformDbContext)));
}
