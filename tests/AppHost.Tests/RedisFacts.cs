using Aspire.Hosting;
using Platform.LocalHost.CommandLine;
using Platform.LocalHost.Redis;
using Platform.LocalHost.Running;
using StackExchange.Redis;
using Xunit;

namespace AppHost.Tests;

/// <summary>Redis as a resource, and as what Dapr's components run on.</summary>
public sealed class RedisFacts
{
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_of_this_machine_asks_for_its_password_and_keeps_what_it_has()
    {
        await using var stack = TestStack.Of(builder =>
        {
            var redis = builder.AddRedis("cache").WithDataVolume();
            builder.AddExecutable("client", "sleep", ".", "1000").WithReference(redis).WaitFor(redis);
        });
        await stack.StartAsync(_token);
        var variables = stack.EnvironmentOf("client");
        var port = int.Parse(variables["CACHE_PORT"], null);
        Assert.Equal($"localhost:{port},password={variables["CACHE_PASSWORD"]}", variables["ConnectionStrings__cache"]);
        Assert.StartsWith("-NOAUTH", await RedisPing.CheckAsync("localhost", port, null, null, _token), StringComparison.Ordinal);
        Assert.StartsWith("-WRONGPASS", await RedisPing.CheckAsync("localhost", port, null, "wrong", _token), StringComparison.Ordinal);
        Assert.DoesNotContain(variables["CACHE_PASSWORD"], await File.ReadAllTextAsync($"/proc/{stack["cache"].ProcessId}/cmdline", _token), StringComparison.Ordinal);

        await using var client = await ConnectionMultiplexer.ConnectAsync(variables["ConnectionStrings__cache"]);
        await client.GetDatabase().StringSetAsync("kept", "yes");
        await stack.Engine.Find("cache").StopAsync();
        Assert.Equal((ResourceState.Exited, 0), (stack["cache"].State, stack["cache"].ExitCode));
        await stack.Engine.Find("cache").StartAsync(_token);
        await using var again = await ConnectionMultiplexer.ConnectAsync(variables["ConnectionStrings__cache"]);
        Assert.Equal("yes", (await again.GetDatabase().StringGetAsync("kept")).ToString());
    }

    [Fact]
    public async Task A_given_server_is_used_as_it_is()
    {
        await using var server = TestStack.Of(builder =>
        {
            var redis = builder.AddRedis("server");
            builder.AddExecutable("client", "sleep", ".", "1000").WithReference(redis).WaitFor(redis);
        });
        await server.StartAsync(_token);
        var given = server.EnvironmentOf("client")["ConnectionStrings__server"];

        await using var stack = TestStack.Of(builder =>
        {
            var redis = builder.AddRedis("cache", port: 16379);
            builder.AddExecutable("client", "sleep", ".", "1000").WithReference(redis).WaitFor(redis);
        }, $"--ConnectionStrings:cache={given}");
        await stack.StartAsync(_token);
        Assert.Equal(given, stack.EnvironmentOf("client")["ConnectionStrings__cache"]);
        Assert.Null(stack["cache"].ProcessId);
        await server.Engine.Find("server").StopAsync();
        await Eventually.HoldsAsync(() => stack["cache"].Healthy is false, "its end is noticed");
    }

    [Fact]
    public void The_command_line_names_the_component_files()
    {
        var request = LocalCommandLine.Parse(["demo", "--components", "redis", "--instance", "redis", "--Parameters:x=y"]);
        Assert.Equal(("demo", "redis"), (request.Command, request.InstanceName));
        Assert.Equal(["--Parameters:x=y", "--Dapr:Components=redis"], request.Settings);
        Assert.True(LocalCommandLine.Parse(["--components", "carrier-pigeon"]).AnswersItself);
    }
}
