using System.Text;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Redis;

public sealed class RedisLoginTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_store_signs_in_with_a_secret_and_keeps_to_its_database()
    {
        await using var stack = await RedisStack.Create();
        await stack.Redis.ExecuteAsync("ACL", "SETUSER", "dapr", "on", ">correct", "~*", "&*", "+@all");
        var app = stack.App("app");
        Secured(stack, "correct");
        await stack.Start();
        using var http = stack.Http(app);

        using var save = await http.PostAsync("/v1.0/state/secured", new StringContent("""[{"key":"w","value":1}]""", Encoding.UTF8, "application/json"), Cancel);
        Assert.Equal(204, (int)save.StatusCode);
        Assert.False(await stack.Redis.KeyExistsAsync("app||w"));
        Assert.True(await stack.Redis.Multiplexer.GetDatabase(3).KeyExistsAsync("app||w"));
        Assert.Contains("user=dapr", (await stack.Redis.ExecuteAsync("CLIENT", "LIST")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_stops_the_start_and_is_not_told()
    {
        await using var stack = await RedisStack.Create();
        await stack.Redis.ExecuteAsync("ACL", "SETUSER", "dapr", "on", ">correct", "~*", "&*", "+@all");
        stack.App("app");
        Secured(stack, "mistaken");
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => stack.Start());
        Assert.Contains($"component 'secured' (state.redis): Redis at {stack.Server.Endpoint} is not to be had", failure.Message, StringComparison.Ordinal);
        Assert.Contains("WRONGPASS", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("mistaken", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("redisHost", "", "redisHost is missing or empty")]
    [InlineData("redisPort", "7", "has a port already")]
    [InlineData("redisType", "ring", "neither node nor cluster")]
    [InlineData("redisDB", "first", "redisDB 'first' is not a number")]
    [InlineData("failover", "true", "failover needs sentinelMasterName")]
    [InlineData("useEntraID", "true", "Entra ID")]
    [InlineData("dialTimeout", "soon", "dialTimeout: 'soon' is not a duration")]
    public async Task What_cannot_be_meant_stops_the_start(string name, string value, string reason)
    {
        await using var stack = await RedisStack.Create();
        stack.App("app");
        stack.StateMetadata[name] = value;
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => stack.Start());
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
    }

    private static void Secured(RedisStack stack, string password)
    {
        stack.Resource("secrets.yaml", $"""
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: files
            spec:
              type: secretstores.local.file
              version: v1
              metadata:
                - name: secretsFile
                  value: {stack.Secrets($$"""{"redis":"{{password}}"}""")}
            """);
        stack.Resource("secured.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: secured
            spec:
              type: state.redis
              version: v1
              metadata:
                - name: redisHost
                  envRef: REDIS_HOST
                - name: redisUsername
                  value: dapr
                - name: redisPassword
                  secretKeyRef:
                    name: redis
                    key: redis
                - name: redisDB
                  value: "3"
            auth:
              secretStore: files
            """);
    }
}
