using Platform.Tenancy.Placements;
using Xunit;

namespace Contacts.Tests.Placements;

/// <summary>However many tenants have a database, few are connected to at a time.</summary>
public sealed class TenantPoolsFacts
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_so_many_databases_are_warm_and_the_next_waits_for_one_to_be_left()
    {
        var pools = new TenantPools(databases: 2);
        await pools.EnterAsync(TextOf(1), Token);
        await pools.EnterAsync(TextOf(2), Token);
        await pools.EnterAsync(TextOf(2), Token);
        var third = pools.EnterAsync(TextOf(3), Token);
        pools.Leave(TextOf(2));
        Assert.False(third.IsCompleted, "Somebody still works in the second database.");
        pools.Leave(TextOf(2));
        await third.WaitAsync(TimeSpan.FromSeconds(10), Token);
        Assert.True(pools.EnterAsync(TextOf(1), Token).IsCompletedSuccessfully);
        Assert.False(pools.EnterAsync(TextOf(2), Token).IsCompleted, "It had to make room.");
    }

    [Fact]
    public async Task The_database_that_was_left_longest_makes_room()
    {
        var pools = new TenantPools(databases: 2);
        foreach (var database in new[] { 1, 2 })
        {
            await pools.EnterAsync(TextOf(database), Token);
            pools.Leave(TextOf(database));
        }

        await pools.EnterAsync(TextOf(3), Token);
        await pools.EnterAsync(TextOf(2), Token);
        Assert.False(pools.EnterAsync(TextOf(1), Token).IsCompleted);
    }

    private static string TextOf(int database) => $"Host=localhost;Database=tenant{database};Pooling=true";
}
