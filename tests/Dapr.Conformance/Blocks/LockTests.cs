using System.Text.Json.Nodes;
using Dapr.Client;
using Dapr.Conformance.Harness;
using Platform.TestServers;

namespace Dapr.Conformance.Blocks;

/// <summary>lock.redis.</summary>
public sealed class LockSetup : IAsyncLifetime
{
    internal Sidecar Sidecar { get; } = new("locker");

    public async ValueTask InitializeAsync()
    {
        Sidecar.Component("lockstore", "lock.redis", ("redisHost", await TestRedis.GetAsync()), ("redisPassword", ""));
        await Sidecar.StartAsync();
    }

    public async ValueTask DisposeAsync() => await Sidecar.DisposeAsync();
}

/// <summary>Locks (contract §1.3, §2.12).</summary>
public sealed class LockTests(LockSetup setup) : IClassFixture<LockSetup>
{
    private const string Store = "lockstore";

    private readonly DaprClient _dapr = setup.Sidecar.Dapr();
    private readonly HttpClient _http = setup.Sidecar.Http();
    private readonly string _resource = Guid.NewGuid().ToString("N");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

#pragma warning disable DAPR_DISTRIBUTEDLOCK // The package calls its locks experimental.
    [Fact]
    public async Task A_lock_has_one_owner_until_it_is_given_back()
    {
        Assert.True((await _dapr.Lock(Store, _resource, "me", 60, Cancel)).Success);
        Assert.False((await _dapr.Lock(Store, _resource, "you", 60, Cancel)).Success);
        Assert.Equal(LockStatus.LockBelongsToOthers, (await _dapr.Unlock(Store, _resource, "you", Cancel)).status);
        Assert.Equal(LockStatus.Success, (await _dapr.Unlock(Store, _resource, "me", Cancel)).status);
        Assert.Equal(LockStatus.LockDoesNotExist, (await _dapr.Unlock(Store, _resource, "me", Cancel)).status);
        Assert.True((await _dapr.Lock(Store, _resource, "you", 60, Cancel)).Success);
    }

    [Fact]
    public async Task A_lock_ends_when_its_time_is_over()
    {
        Assert.True((await _dapr.Lock(Store, _resource, "me", 1, Cancel)).Success);
        Assert.False((await _dapr.Lock(Store, _resource, "you", 1, Cancel)).Success);
        await Eventually.Holds(async () => (await _dapr.Lock(Store, _resource, "you", 60, Cancel)).Success, "the lock has ended", seconds: 5);
    }

    [Fact]
    public async Task Of_many_at_once_one_gets_the_lock()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => _dapr.Lock(Store, _resource, $"owner-{number}", 60, Cancel)));
        Assert.Single(answers, answer => answer.Success);
    }
#pragma warning restore DAPR_DISTRIBUTEDLOCK

    [Fact]
    public async Task Locks_work_over_http()
    {
        Assert.True((bool)(await PostAsync("lock", $$"""{"resourceId":"{{_resource}}","lockOwner":"me","expiryInSeconds":60}"""))["success"]!);
        Assert.False((bool?)(await PostAsync("lock", $$"""{"resourceId":"{{_resource}}","lockOwner":"you","expiryInSeconds":60}"""))["success"] ?? false);
        Assert.Equal(2, (int)(await PostAsync("unlock", $$"""{"resourceId":"{{_resource}}","lockOwner":"you"}"""))["status"]!);
        Assert.Equal(0, (int?)(await PostAsync("unlock", $$"""{"resourceId":"{{_resource}}","lockOwner":"me"}"""))["status"] ?? 0);
        Assert.Equal(1, (int)(await PostAsync("unlock", $$"""{"resourceId":"{{_resource}}","lockOwner":"me"}"""))["status"]!);
    }

    [Theory]
    [InlineData("""{"resourceId":"","lockOwner":"me","expiryInSeconds":60}""")]
    [InlineData("""{"resourceId":"r","lockOwner":"","expiryInSeconds":60}""")]
    [InlineData("""{"resourceId":"r","lockOwner":"me","expiryInSeconds":0}""")]
    [InlineData("nonsense")]
    public async Task What_is_no_lock_is_malformed(string body)
    {
        using var response = await _http.PostAsync(new Uri($"/v1.0-alpha1/lock/{Store}", UriKind.Relative), Errors.Json(body), Cancel);
        await response.AssertErrorAsync(400, "ERR_MALFORMED_REQUEST");
    }

    [Fact]
    public async Task A_store_that_there_is_not_is_an_error()
    {
        using var response = await _http.PostAsync(new Uri("/v1.0-alpha1/lock/nostore", UriKind.Relative), Errors.Json("""{"resourceId":"r","lockOwner":"me","expiryInSeconds":60}"""), Cancel);
        await response.AssertErrorAsync(400, "ERR_LOCK_STORE_NOT_FOUND", "nostore");
    }

    [Fact]
    public async Task The_javascript_client_locks() => await NodeClient.RunAsync("lock.js", setup.Sidecar);

    private async Task<JsonNode> PostAsync(string verb, string body)
    {
        using var response = await _http.PostAsync(new Uri($"/v1.0-alpha1/{verb}/{Store}", UriKind.Relative), Errors.Json(body), Cancel);
        await response.AssertStatusAsync(200);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancel))!;
    }
}
