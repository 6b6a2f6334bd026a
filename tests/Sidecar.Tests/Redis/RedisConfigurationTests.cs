using System.Collections.Concurrent;
using Dapr.Client;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Redis;

public sealed class RedisConfigurationTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Items_are_read_with_their_versions_and_what_is_no_text_is_none()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app");
        await stack.Redis.StringSetAsync("colour", "red||v1");
        await stack.Redis.StringSetAsync("size", "XL");
        await stack.Redis.HashSetAsync("hash", "data", "1");
        await stack.Start();
        using var dapr = stack.Dapr(app);

        var all = await dapr.GetConfiguration("settings", [], cancellationToken: Cancel);
        Assert.Equal([("colour", "red", "v1"), ("size", "XL", "")], Items(all));
        var some = await dapr.GetConfiguration("settings", ["colour", "hash", "missing"], cancellationToken: Cancel);
        Assert.Equal([("colour", "red", "v1")], Items(some));
    }

    [Fact]
    public async Task A_subscriber_hears_of_its_keys_and_one_without_keys_of_all()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app");
        // The sidecar switches on what it needs.
        await stack.Redis.ExecuteAsync("CONFIG", "SET", "notify-keyspace-events", "");
        await stack.Start();
        using var dapr = stack.Dapr(app);
        var (two, all) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        await Listen(dapr, ["colour", "size"], two);
        await Listen(dapr, [], all);

        // A change is read after it is told of, so each has its time.
        await stack.Redis.StringSetAsync("colour", "red||v1");
        await Eventually.Holds(() => all.Count == 1, "the first");
        await stack.Redis.StringSetAsync("weight", "1kg");
        await Eventually.Holds(() => all.Count == 2, "the second");
        await stack.Redis.StringSetAsync("size", "XL||2");
        await Eventually.Holds(() => all.Count == 3, "the third");
        await stack.Redis.KeyDeleteAsync("colour");
        await Eventually.Holds(() => two.Count == 3 && all.Count == 4, "both have heard of all");
        Assert.Equal(["colour=red,v1", "size=XL,2", "colour=,"], two);
        Assert.Equal(["colour=red,v1", "weight=1kg,", "size=XL,2", "colour=,"], all);
    }

    [Fact]
    public async Task A_subscription_outlives_an_outage_of_Redis()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app");
        await stack.Start();
        using var dapr = stack.Dapr(app);
        var heard = new ConcurrentQueue<string>();
        await Listen(dapr, ["colour"], heard);

        await stack.Server.StopAsync();
        await stack.Server.StartAgainAsync();
        var number = 0;
        await Eventually.Holds(async () =>
        {
            await stack.Redis.StringSetAsync("colour", $"red||{number++}");
            return !heard.IsEmpty;
        }, "changes are told again");
    }

    private static async Task Listen(DaprClient dapr, IReadOnlyList<string> keys, ConcurrentQueue<string> heard)
    {
        var subscription = await dapr.SubscribeConfiguration("settings", keys, cancellationToken: Cancel);
        _ = Task.Run(async () =>
        {
            await foreach (var items in subscription.Source.WithCancellation(Cancel))
            {
                foreach (var (key, item) in items)
                    heard.Enqueue($"{key}={item.Value},{item.Version}");
            }
        }, Cancel);
        // The SDK opens its stream with the first read.
        await Eventually.Holds(() => subscription.Id is { Length: > 0 }, "the subscription has its id");
    }

    private static IEnumerable<(string Key, string Value, string Version)> Items(GetConfigurationResponse response) =>
        response.Items.OrderBy(item => item.Key, StringComparer.Ordinal).Select(item => (item.Key, item.Value.Value, item.Value.Version));
}
