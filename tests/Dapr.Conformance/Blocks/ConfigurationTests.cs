using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Dapr.Client;
using Dapr.Conformance.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.TestServers;
using StackExchange.Redis;

namespace Dapr.Conformance.Blocks;

/// <summary>A configuration store, and an app that is told of changes.</summary>
public abstract class ConfigurationSetup : IAsyncLifetime
{
    internal const string Store = "configuration";

    private protected ConfigurationSetup() => Sidecar = new Sidecar("reader", new App(app => app.MapPost($"/configuration/{Store}/{{key}}", async (string key, HttpContext context) =>
        Told.Enqueue((key, (await ReceivedRequest.ReadAsync(context)).Json)))));

    internal Sidecar Sidecar { get; }

    internal ConcurrentQueue<(string Key, JsonNode Body)> Told { get; } = new();

    /// <summary>What a subscription has to say besides its keys.</summary>
    internal virtual IReadOnlyDictionary<string, string> SubscribeMetadata => new Dictionary<string, string>();

    private protected abstract Task AddComponentAsync();

    internal abstract Task SetAsync(string key, string value, string version);

    internal abstract Task RemoveAsync(string key);

    public async ValueTask InitializeAsync()
    {
        await AddComponentAsync();
        await Sidecar.App!.StartAsync();
        await Sidecar.StartAsync();
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Sidecar.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}

/// <summary>configuration.redis.</summary>
public sealed class ConfigurationRedisSetup : ConfigurationSetup
{
    private RedisServer _redis = null!;
    private ConnectionMultiplexer _client = null!;

    private protected override async Task AddComponentAsync()
    {
        _redis = await RedisServer.StartAsync();
        _client = await ConnectionMultiplexer.ConnectAsync(_redis.Endpoint);
        Sidecar.Component(Store, "configuration.redis", ("redisHost", _redis.Endpoint), ("redisPassword", ""));
    }

    internal override async Task SetAsync(string key, string value, string version) => await _client.GetDatabase().StringSetAsync(key, $"{value}||{version}");

    internal override async Task RemoveAsync(string key) => await _client.GetDatabase().KeyDeleteAsync(key);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _client.DisposeAsync();
        await _redis.DisposeAsync();
    }
}

/// <summary>configuration.postgresql, with the trigger that its documentation has.</summary>
public sealed class ConfigurationPostgresSetup : ConfigurationSetup
{
    private Database _database = null!;

    internal override IReadOnlyDictionary<string, string> SubscribeMetadata => new Dictionary<string, string> { ["pgNotifyChannel"] = "config" };

    private protected override async Task AddComponentAsync()
    {
        _database = await Database.CreateAsync();
        await _database.ExecuteAsync("""
            CREATE TABLE settings (key varchar NOT NULL, value varchar NOT NULL, version varchar NOT NULL, metadata json);
            CREATE FUNCTION announce() RETURNS trigger AS $$
            DECLARE
              row_data json;
            BEGIN
              row_data := CASE WHEN TG_OP = 'DELETE' THEN row_to_json(OLD) ELSE row_to_json(NEW) END;
              PERFORM pg_notify('config', json_build_object('table', TG_TABLE_NAME, 'action', TG_OP, 'data', row_data)::text);
              RETURN NULL;
            END
            $$ LANGUAGE plpgsql;
            CREATE TRIGGER announce AFTER INSERT OR UPDATE OR DELETE ON settings FOR EACH ROW EXECUTE FUNCTION announce();
            """);
        Sidecar.Component(Store, "configuration.postgresql", ("connectionString", _database.Url), ("table", "settings"));
    }

    internal override async Task SetAsync(string key, string value, string version) =>
        await _database.ScalarAsync<int>("INSERT INTO settings VALUES ($1, $2, $3, '{}') RETURNING 1", key, value, version);

    internal override async Task RemoveAsync(string key) => await _database.ScalarAsync<int>("DELETE FROM settings WHERE key = $1 RETURNING 1", key);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _database.DisposeAsync();
    }
}

public sealed class ConfigurationRedisTests(ConfigurationRedisSetup setup) : ConfigurationTests(setup), IClassFixture<ConfigurationRedisSetup>;

public sealed class ConfigurationPostgresTests(ConfigurationPostgresSetup setup) : ConfigurationTests(setup), IClassFixture<ConfigurationPostgresSetup>;

/// <summary>Configuration (contract §1.10, §5.2).</summary>
public abstract class ConfigurationTests(ConfigurationSetup setup)
{
    private const string Store = ConfigurationSetup.Store;

    private readonly DaprClient _dapr = setup.Sidecar.Dapr();
    private readonly HttpClient _http = setup.Sidecar.Http();
    private readonly string _key = $"k{Guid.NewGuid():N}";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Values_are_read_with_their_versions_and_missing_ones_are_left_out()
    {
        await setup.SetAsync(_key, "blue", "3");
        var items = (await _dapr.GetConfiguration(Store, [_key, $"{_key}-missing"], cancellationToken: Cancel)).Items;
        Assert.Equal(("blue", "3"), (items[_key].Value, items[_key].Version));
        Assert.False(items.TryGetValue($"{_key}-missing", out var missing) && missing.Value.Length > 0);

        var body = JsonNode.Parse(await _http.GetStringAsync(new Uri($"/v1.0/configuration/{Store}?key={_key}", UriKind.Relative), Cancel))!;
        Assert.Equal(("blue", "3"), ((string?)body[_key]!["value"], (string?)body[_key]!["version"]));
        using var alpha = await _http.GetAsync(new Uri($"/v1.0-alpha1/configuration/{Store}?key={_key}", UriKind.Relative), Cancel);
        await alpha.AssertStatusAsync(200);
    }

    [Fact]
    public async Task No_keys_are_all_keys()
    {
        await setup.SetAsync(_key, "a", "1");
        await setup.SetAsync($"{_key}-2", "b", "1");
        var items = (await _dapr.GetConfiguration(Store, [], cancellationToken: Cancel)).Items;
        Assert.Equal(("a", "b"), (items[_key].Value, items[$"{_key}-2"].Value));
    }

    [Fact]
    public async Task Changes_of_the_keys_come_over_the_stream()
    {
        await setup.SetAsync(_key, "before", "1");
        var subscription = await _dapr.SubscribeConfiguration(Store, [_key], setup.SubscribeMetadata, Cancel);
        var seen = new ConcurrentQueue<(string Key, string Value)>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var reading = ReadAsync(subscription, seen, stop.Token);
        await Eventually.Holds(() => subscription.Id is { Length: > 0 }, "the subscription has its id");

        await Eventually.Holds(async () =>
        {
            await setup.SetAsync(_key, "after", $"{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}");
            return seen.Contains((_key, "after"));
        }, "the change has come");
        await setup.SetAsync($"{_key}-other", "x", "1");
        await setup.RemoveAsync(_key);
        await Eventually.Holds(() => seen.Contains((_key, "")), "the removal has come as an empty value");
        Assert.DoesNotContain(seen, item => item.Key != _key);

        Assert.True((await _dapr.UnsubscribeConfiguration(Store, subscription.Id, Cancel)).Ok);
        await stop.CancelAsync();
        await Record.ExceptionAsync(() => reading);
    }

    [Fact]
    public async Task Changes_are_posted_to_the_app_until_it_unsubscribes()
    {
        var metadata = string.Concat(setup.SubscribeMetadata.Select(pair => $"&metadata.{pair.Key}={pair.Value}"));
        var answer = JsonNode.Parse(await _http.GetStringAsync(new Uri($"/v1.0/configuration/{Store}/subscribe?key={_key}{metadata}", UriKind.Relative), Cancel))!;
        var id = (string)answer["id"]!;
        await Eventually.Holds(async () =>
        {
            await setup.SetAsync(_key, "posted", $"{DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}");
            return setup.Told.Any(told => told.Key == _key);
        }, "the app has been told");
        var body = setup.Told.First(told => told.Key == _key).Body;
        Assert.Equal((id, "posted"), ((string?)body["id"], (string?)body["items"]![_key]!["value"]));

        var unsubscribed = JsonNode.Parse(await _http.GetStringAsync(new Uri($"/v1.0/configuration/{Store}/{id}/unsubscribe", UriKind.Relative), Cancel))!;
        Assert.True((bool)unsubscribed["ok"]!);
        var before = setup.Told.Count(told => (string?)told.Body["items"]?[_key]?["value"] == "silent");
        await setup.SetAsync(_key, "silent", "9999999999999");
        await Eventually.Never(() => setup.Told.Count(told => (string?)told.Body["items"]?[_key]?["value"] == "silent") > before, "the app is told after it has unsubscribed", seconds: 1);
    }

    [Fact]
    public async Task A_store_that_there_is_not_is_an_error()
    {
        using var response = await _http.GetAsync(new Uri("/v1.0/configuration/nostore?key=a", UriKind.Relative), Cancel);
        await response.AssertErrorAsync(400, "ERR_CONFIGURATION_STORE_NOT_FOUND", "nostore");
    }

    [Fact]
    public async Task The_javascript_client_reads_configuration()
    {
        await setup.SetAsync(_key, "for node", "2");
        await NodeClient.RunAsync("configuration.js", setup.Sidecar, ("KEY", _key));
    }

    private static async Task ReadAsync(SubscribeConfigurationResponse subscription, ConcurrentQueue<(string, string)> seen, CancellationToken cancellationToken)
    {
        await foreach (var items in subscription.Source.WithCancellation(cancellationToken))
            foreach (var (key, item) in items)
                seen.Enqueue((key, item.Value));
    }
}
