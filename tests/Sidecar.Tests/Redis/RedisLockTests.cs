using System.Text;
using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Redis;

public sealed class RedisLockTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lock_has_one_owner_until_it_unlocks_or_the_time_is_over()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app");
        await stack.Start();
        using var http = stack.Http(app);

        Assert.Equal((200, """{"success":true}"""), await Post(http, "lock/lockstore", """{"resourceId":"r","lockOwner":"me","expiryInSeconds":60}"""));
        Assert.Equal("me", (await stack.Redis.StringGetAsync("lock||app||r")).ToString());
        Assert.InRange((await stack.Redis.KeyTimeToLiveAsync("lock||app||r"))!.Value, TimeSpan.FromSeconds(50), TimeSpan.FromSeconds(60));
        Assert.Equal((200, """{"success":false}"""), await Post(http, "lock/lockstore", """{"resourceId":"r","lockOwner":"you","expiryInSeconds":60}"""));
        Assert.Equal((200, """{"success":false}"""), await Post(http, "lock/lockstore", """{"resourceId":"r","lockOwner":"me","expiryInSeconds":60}"""));

        Assert.Equal((200, """{"status":2}"""), await Post(http, "unlock/lockstore", """{"resourceId":"r","lockOwner":"you"}"""));
        Assert.Equal((200, """{"status":0}"""), await Post(http, "unlock/lockstore", """{"resourceId":"r","lockOwner":"me"}"""));
        Assert.Equal((200, """{"status":1}"""), await Post(http, "unlock/lockstore", """{"resourceId":"r","lockOwner":"me"}"""));

        await Post(http, "lock/lockstore", """{"resourceId":"r","lockOwner":"me","expiryInSeconds":1}""");
        await Eventually.Holds(
            async () => (await Post(http, "lock/lockstore", """{"resourceId":"r","lockOwner":"you","expiryInSeconds":60}""")).Body.Contains("true", StringComparison.Ordinal),
            "the lock has ended by itself");
    }

    [Fact]
    public async Task The_rpcs_do_the_same()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app");
        await stack.Start();
        using var channel = stack.Grpc(app);
        var client = new global::Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient(channel);
        var request = new TryLockRequest { StoreName = "lockstore", ResourceId = "r", LockOwner = "me", ExpiryInSeconds = 60 };

        Assert.True((await client.TryLockAlpha1Async(request, cancellationToken: Cancel)).Success);
        Assert.False((await client.TryLockAlpha1Async(request, cancellationToken: Cancel)).Success);
        Assert.Equal(UnlockResponse.Types.Status.LockBelongsToOthers, await Unlock("you"));
        Assert.Equal(UnlockResponse.Types.Status.Success, await Unlock("me"));
        Assert.Equal(UnlockResponse.Types.Status.LockDoesNotExist, await Unlock("me"));
        request.ExpiryInSeconds = 0;
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(async () => await client.TryLockAlpha1Async(request, cancellationToken: Cancel))).StatusCode);

        async Task<UnlockResponse.Types.Status> Unlock(string owner) =>
            (await client.UnlockAlpha1Async(new UnlockRequest { StoreName = "lockstore", ResourceId = "r", LockOwner = owner }, cancellationToken: Cancel)).Status;
    }

    [Fact]
    public async Task Wrong_requests_get_daprs_error()
    {
        await using var stack = await RedisStack.Create();
        var app = stack.App("app");
        await stack.Start();
        using var http = stack.Http(app);
        foreach (var (path, body, status, code) in WrongRequests)
        {
            var answer = await Post(http, path, body);
            Assert.Equal((path, body, status, code), (path, body, answer.Status, (string)JsonNode.Parse(answer.Body)!["errorCode"]!));
        }
    }

    private static readonly (string Path, string Body, int Status, string Code)[] WrongRequests =
    [
        ("lock/nope", """{"resourceId":"r","lockOwner":"me","expiryInSeconds":60}""", 400, "ERR_LOCK_STORE_NOT_FOUND"),
        ("unlock/nope", """{"resourceId":"r","lockOwner":"me"}""", 400, "ERR_LOCK_STORE_NOT_FOUND"),
        ("lock/lockstore", "", 400, "ERR_MALFORMED_REQUEST"),
        ("lock/lockstore", "nonsense", 400, "ERR_MALFORMED_REQUEST"),
        ("lock/lockstore", """{"resourceId":7,"lockOwner":"me","expiryInSeconds":60}""", 400, "ERR_MALFORMED_REQUEST"),
        ("lock/lockstore", """{"resourceId":"","lockOwner":"me","expiryInSeconds":60}""", 400, "ERR_MALFORMED_REQUEST"),
        ("lock/lockstore", """{"resourceId":"r","lockOwner":"","expiryInSeconds":60}""", 400, "ERR_MALFORMED_REQUEST"),
        ("lock/lockstore", """{"resourceId":"r","lockOwner":"me","expiryInSeconds":-1}""", 400, "ERR_MALFORMED_REQUEST"),
        ("lock/lockstore", """{"resourceId":"a||b","lockOwner":"me","expiryInSeconds":60}""", 500, "ERR_TRY_LOCK"),
        ("unlock/lockstore", """{"resourceId":"r"}""", 400, "ERR_MALFORMED_REQUEST"),
        ("unlock/lockstore", """{"resourceId":"a||b","lockOwner":"me"}""", 500, "ERR_UNLOCK"),
    ];

    private static async Task<(int Status, string Body)> Post(HttpClient http, string path, string body)
    {
        using var response = await http.PostAsync($"/v1.0-alpha1/{path}", new StringContent(body, Encoding.UTF8, "application/json"), Cancel);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }
}
