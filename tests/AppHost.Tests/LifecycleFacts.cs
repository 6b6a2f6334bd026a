using System.Collections.Concurrent;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using Platform.LocalHost.Running;
using Xunit;

namespace AppHost.Tests;

/// <summary>What the AppHost's own code hears of its resources, tells of them and waits for.</summary>
public sealed class LifecycleFacts
{
    private static readonly Action<ILogger, Exception?> Stocked = LoggerMessage.Define(LogLevel.Information, new EventId(1), "The shelves are full");
    private readonly CancellationToken _token = TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_apphost_hears_events_in_aspires_order_and_who_waits_for_a_resource_waits_for_what_is_done_when_it_is_ready()
    {
        var heard = new ConcurrentQueue<string>();
        var opened = new TaskCompletionSource();
        await using var stack = TestStack.Of(builder =>
        {
            var shop = builder.AddExecutable("shop", "sleep", ".", "1000").WithHttpEndpoint();
            shop.OnResourceReady(async (_, _, token) =>
                {
                    heard.Enqueue("ready");
                    await opened.Task.WaitAsync(token);
                })
                .OnBeforeResourceStarted((_, _, _) => Hear("starts"))
                .OnResourceEndpointsAllocated((resource, _, _) => Hear(resource.GetType() == typeof(ExecutableResource) && shop.GetEndpoint("http").IsAllocated ? "ports" : "no ports"))
                .OnResourceStopped((_, told, _) => Hear($"stopped {told.ResourceEvent.Snapshot.State?.Text}"));
            builder.OnBeforeStart((told, _) => Hear($"before start of {told.Model.Resources.Count}"));
            builder.Eventing.Subscribe<AfterResourcesCreatedEvent>((_, _) => Hear("created"));
            builder.AddConnectionString("orders", ReferenceExpression.Create($"at={shop.GetEndpoint("http")}"))
                .OnConnectionStringAvailable(async (resource, _, token) => heard.Enqueue($"connection {(await resource.ConnectionStringExpression.GetValueAsync(token))?[..15]}"));
            builder.AddExecutable("report", "sleep", ".", "1000").WaitFor(shop);
        });
        var notifications = stack.Application.ResourceNotifications;
        var start = stack.StartAsync(_token);
        await Eventually.HoldsAsync(() => heard.Contains("ready"), "the shop is ready");
        Assert.Equal((HealthStatus.Healthy, ResourceState.Waiting), (Now("shop").HealthStatus, stack["report"].State));
        opened.SetResult();
        await start;
        Assert.Equal("report", (await notifications.WaitForResourceHealthyAsync("report", _token)).ResourceId);
        // What begins at the same moment is in no order.
        Assert.Equal(["before start of 3", "ports", "connection at=http://local", "starts", "ready"], heard.Where(word => word != "created"));
        Assert.Contains("created", heard);

        var finished = notifications.WaitForResourceAsync("shop", KnownResourceStates.Finished, _token);
        Assert.True((await stack.Application.ResourceCommands.ExecuteCommandAsync("shop", KnownResourceCommands.StopCommand, _token)).Success);
        await finished;
        await Eventually.HoldsAsync(() => heard.Contains("stopped Finished"), "the end is told");
        Assert.True((await stack.Application.ResourceCommands.ExecuteCommandAsync("shop", KnownResourceCommands.StartCommand, _token)).Success);
        Assert.Equal((2, 2, 1), (Count("starts"), Count("ready"), Count("ports")));
        Assert.Contains("no command 'dance'", (await stack.Application.ResourceCommands.ExecuteCommandAsync("shop", "dance", _token)).Message, StringComparison.Ordinal);
        Assert.Contains("'nobody'", (await Assert.ThrowsAsync<DistributedApplicationException>(() => notifications.WaitForResourceHealthyAsync("nobody", _token))).Message, StringComparison.Ordinal);

        Task Hear(string word)
        {
            heard.Enqueue(word);
            return Task.CompletedTask;
        }

        int Count(string word) => heard.Count(one => one == word);

        CustomResourceSnapshot Now(string name) => notifications.TryGetCurrentState(name, out var told) ? told.Snapshot : throw new InvalidOperationException(name);
    }

    [Fact]
    public async Task A_resource_of_the_apphosts_own_is_what_its_code_tells_of_it()
    {
        await using var stack = TestStack.Of(builder =>
        {
            var warehouse = builder.AddResource(new Warehouse("warehouse")).OnInitializeResource(async (resource, told, token) =>
            {
                Stocked(told.Logger, null);
                await told.Notifications.PublishUpdateAsync(resource, now => now with { State = KnownResourceStates.Starting, Properties = [new("Shelves", 12)] });
                await File.WriteAllTextAsync(Path.Combine(builder.AppHostDirectory, "stocked"), "", token);
                await told.Notifications.PublishUpdateAsync(resource, now => now with { State = KnownResourceStates.Running });
            });
            builder.AddExecutable("shop", "sh", ".", "-c", "[ -e stocked ] && exec sleep 1000").WaitFor(warehouse);
        });
        await stack.StartAsync(_token);
        Assert.True(stack["warehouse"].IsReady && stack["shop"].IsReady);
        var services = stack.Application.Services;
        Assert.Contains("info: The shelves are full", await LinesAsync(services.GetRequiredService<ResourceLoggerService>().GetAllAsync("warehouse")));
        await foreach (var told in stack.Application.ResourceNotifications.WatchAsync(_token))
        {
            if (told.Resource is not Warehouse)
                continue;
            Assert.Equal((12, KnownResourceStates.Running), (told.Snapshot.Properties.Single().Value, told.Snapshot.State?.Text));
            await stack.Application.ResourceNotifications.PublishUpdateAsync(told.Resource, now => now with { State = KnownResourceStates.Exited, ExitCode = 5 });
            break;
        }

        Assert.Equal((ResourceState.Exited, 5), (stack["warehouse"].State, stack["warehouse"].ExitCode));
        await Assert.ThrowsAsync<DistributedApplicationException>(() => stack.Application.ResourceNotifications.WaitForResourceHealthyAsync("warehouse", _token));
    }

    [Fact]
    public async Task A_resource_of_the_apphosts_own_may_be_done_at_once_or_work_until_it_is_stopped()
    {
        var ended = false;
        await using var stack = TestStack.Of(builder =>
        {
            var shop = builder.AddExecutable("shop", "sleep", ".", "1000")
                .WithCommand("count", "Count", _ => Task.FromResult(CommandResults.Success()), new CommandOptions { UpdateState = _ => throw new InvalidOperationException("Nobody counts.") });
            var seed = builder.AddResource(new Shelf("seed", shop.Resource)).OnInitializeResource(async (resource, told, _) =>
            {
                await told.Notifications.PublishUpdateAsync(resource, now => now with { State = KnownResourceStates.Running });
                await told.Notifications.PublishUpdateAsync(resource, now => now with { State = KnownResourceStates.Finished, ExitCode = 4 });
            });
            builder.AddResource(new Warehouse("watch")).OnInitializeResource(async (resource, told, token) =>
            {
                await told.Notifications.PublishUpdateAsync(resource, now => now with { State = KnownResourceStates.Running });
                await Task.Delay(Timeout.Infinite, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                ended = true;
            });
            builder.AddExecutable("report", "sleep", ".", "1000").WaitForCompletion(seed, 4).WaitFor(builder.AddResource(new Warehouse("depot")));
        });
        var (notifications, commands) = (stack.Application.ResourceNotifications, stack.Application.ResourceCommands);
        var start = stack.StartAsync(_token);
        await Eventually.HoldsAsync(() => stack.Engine.Runners.Any(runner => runner is { Name: "depot", State.State: ResourceState.Starting }), "the depot is waited for");
        await notifications.PublishUpdateAsync(stack.Engine.Find("depot").Resource, now => now with { State = KnownResourceStates.Running });
        await start;
        Assert.True(stack["depot"].IsReady && stack["report"].IsReady && !ended);
        // What becomes of the resource that it lives in is nothing to what has ended already.
        foreach (var action in (string[])[KnownResourceCommands.StopCommand, KnownResourceCommands.StartCommand])
            Assert.True((await commands.ExecuteCommandAsync("shop", action, _token)).Success);
        Assert.Equal((ResourceState.Exited, 4), (stack["seed"].State, stack["seed"].ExitCode));
        Assert.True(notifications.TryGetCurrentState("seed", out var seen));
        Assert.Equal((KnownResourceStates.Finished, 4), (seen.Snapshot.State?.Text, seen.Snapshot.ExitCode));
        Assert.True((await commands.ExecuteCommandAsync("watch", KnownResourceCommands.StopCommand, _token)).Success);
        Assert.True(ended);
        Assert.Single(stack.LogOf("shop").Split('\n'), line => line.Contains("fail: ", StringComparison.Ordinal) && line.Contains("the command count", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_waits_for_what_has_ended_by_itself_gives_up_unless_told_to_be_patient()
    {
        await using var stack = TestStack.Of(builder =>
        {
            var shop = builder.AddExecutable("shop", "sh", ".", "-c", "[ -e mended ] && exec sleep 1000; exit 3").WithExplicitStart();
            builder.AddExecutable("hasty", "sleep", ".", "1000").WithExplicitStart().WaitFor(shop);
            builder.AddExecutable("patient", "sleep", ".", "1000").WithExplicitStart().WaitFor(shop, WaitBehavior.WaitOnResourceUnavailable);
        });
        await stack.StartAsync(_token);
        await stack.Engine.Find("shop").StartAsync(_token);
        await Eventually.HoldsAsync(() => stack["shop"].State is ResourceState.Exited, "the shop has ended");
        var failure = await Assert.ThrowsAsync<StackException>(() => stack.Engine.Find("hasty").StartAsync(_token));
        Assert.Equal("hasty: shop has ended, with exit code 3.", failure.Message);
        var patient = stack.Engine.Find("patient").StartAsync(_token);
        await Eventually.HoldsAsync(() => stack["patient"].Detail?.Contains("it has ended", StringComparison.Ordinal) == true, "the patient one waits");
        await File.WriteAllTextAsync(Path.Combine(stack.Folder, "mended"), "", _token);
        await stack.Engine.Find("shop").StartAsync(_token);
        await patient;
        Assert.True(stack["patient"].IsReady);
    }

    [Fact]
    public async Task What_the_apphost_does_and_cannot_do_ends_the_start_with_its_reason()
    {
        await using var stack = TestStack.Of(builder => builder.AddExecutable("shop", "sleep", ".", "1000").OnResourceReady((_, _, _) => throw new InvalidOperationException("The key is lost.")));
        var failure = await Assert.ThrowsAsync<StackException>(() => stack.StartAsync(_token));
        Assert.Equal("What the AppHost does when shop is ready failed: The key is lost.", failure.Message);
        await using var other = TestStack.Of(builder => builder.AddResource(new Warehouse("warehouse")).OnInitializeResource((_, _, _) => throw new InvalidOperationException("The key is lost.")));
        failure = await Assert.ThrowsAsync<StackException>(() => other.StartAsync(_token));
        Assert.Equal("What the AppHost does to bring up warehouse failed: The key is lost.", failure.Message);
    }

    private static async Task<string> LinesAsync(IAsyncEnumerable<IReadOnlyList<LogLine>> log)
    {
        var lines = new List<string>();
        await foreach (var some in log)
            lines.AddRange(some.Select(line => line.Content));
        return string.Join('\n', lines);
    }

    private sealed class Shelf(string name, IResource parent) : Resource(name), IResourceWithParent, IResourceWithWaitSupport
    {
        public IResource Parent => parent;
    }

    private sealed class Warehouse(string name) : Resource(name), IResourceWithWaitSupport;
}
