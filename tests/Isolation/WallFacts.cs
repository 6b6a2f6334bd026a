using Isolation.Tests.Installation;
using Isolation.Tests.Seeding;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Data;
using Xunit;

namespace Isolation.Tests;

/// <summary>The product as it is, attacked once; all facts about it share it.</summary>
[CollectionDefinition(Name)]
public sealed class Product : ICollectionFixture<Product.Attacked>
{
    public const string Name = "The product";

    public sealed class Attacked(Seeds seeds) : SiegeFixture(seeds, Walls.Both, 2000);
}

/// <summary>As the product is.</summary>
[Collection(Product.Name)]
public sealed class BothWallsFacts(Product.Attacked siege) : IsolationFacts(siege);

/// <summary>Row-level security alone: no query is filtered by the model.</summary>
public sealed class DatabaseWallFacts(DatabaseWallFacts.Attacked siege) : IsolationFacts(siege), IClassFixture<DatabaseWallFacts.Attacked>
{
    [Fact]
    public async Task The_filter_is_really_gone() => Assert.All(await TakenDown.FiltersAsync(siege), filters => Assert.Equal(0, filters));

    public sealed class Attacked(Seeds seeds) : SiegeFixture(seeds, Walls.DatabaseOnly, 300);
}

/// <summary>Filter and stamp alone: PostgreSQL shows every row to everybody.</summary>
public sealed class FilterWallFacts(FilterWallFacts.Attacked siege) : IsolationFacts(siege), IClassFixture<FilterWallFacts.Attacked>
{
    [Fact]
    public async Task Row_level_security_is_really_off() => Assert.All(await TakenDown.PoliciesAsync(siege), tables => Assert.Equal(0, tables));

    public sealed class Attacked(Seeds seeds) : SiegeFixture(seeds, Walls.FilterOnly, 300);
}

/// <summary>With neither wall the attack succeeds: it is able to see a leak.</summary>
public sealed class NoWallFacts(NoWallFacts.Attacked siege) : IClassFixture<NoWallFacts.Attacked>
{
    [Fact]
    public void Without_walls_the_leak_is_seen()
    {
        Assert.Contains(siege.Report.Tally.Findings, finding => finding.Contains("learned the word", StringComparison.Ordinal));
        Assert.Contains(siege.Report.Tally.Findings, finding => finding.Contains("can tell a foreign id", StringComparison.Ordinal));
    }

    public sealed class Attacked(Seeds seeds) : SiegeFixture(seeds, Walls.None, 0);
}

/// <summary>What the walls of an installation are.</summary>
internal static class TakenDown
{
    /// <summary>Query filters in the model of each service.</summary>
    public static async Task<IReadOnlyList<int>> FiltersAsync(PlatformInstallation installation)
    {
        var counts = new List<int>();
        foreach (var host in installation.Hosts)
        {
            await using var scope = host.Services.CreateAsyncScope();
            var type = host.GetType().GetGenericArguments()[0];
            counts.Add(((PlatformDbContext)scope.ServiceProvider.GetRequiredService(type)).Model.GetEntityTypes().Sum(entity => entity.GetDeclaredQueryFilters().Count));
        }

        return counts;
    }

    /// <summary>Tables under row-level security in each database.</summary>
    public static async Task<IReadOnlyList<long>> PoliciesAsync(PlatformInstallation installation)
    {
        var counts = new List<long>();
        foreach (var host in installation.Hosts)
            counts.Add(await host.Database.QueryAsync<long>("SELECT count(*) FROM pg_class WHERE relrowsecurity"));
        return counts;
    }
}
