using System.Diagnostics;
using Dapr.Client.Autogen.Grpc.v1;
using Dapr.Conformance.Harness;
using Microsoft.AspNetCore.Builder;

namespace Dapr.Conformance.Blocks;

/// <summary>How a sidecar ends, and how it does not begin (contract §1.3, §1.14, §1.20).</summary>
public sealed class ShutdownTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asked_over_http_it_answers_and_ends_well()
    {
        await using var sidecar = await new Sidecar("ending").StartAsync();
        using var response = await sidecar.Http().PostAsync(new Uri("/v1.0/shutdown", UriKind.Relative), null, Cancel);
        await response.AssertStatusAsync(204);
        Assert.Equal(0, await sidecar.Process.WaitForExitAsync());
    }

    [Fact]
    public async Task Asked_by_the_client_it_ends_well()
    {
        await using var sidecar = await new Sidecar("ending").StartAsync();
        using var dapr = sidecar.Dapr();
        await dapr.ShutdownSidecarAsync(Cancel);
        Assert.Equal(0, await sidecar.Process.WaitForExitAsync());
    }

    [Fact]
    public async Task A_signal_ends_it_well()
    {
        await using var sidecar = await new Sidecar("ending").StartAsync();
        Assert.Equal(0, await sidecar.StopAsync());
    }

    [Fact]
    public async Task Forced_it_ends_at_once_and_says_so()
    {
        await using var sidecar = await new Sidecar("ending").StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1.0/shutdown");
        request.Headers.Add("dapr-force-shutdown", "true");
        // It may be gone before the answer is.
        await Record.ExceptionAsync(() => sidecar.Http().SendAsync(request, Cancel));
        Assert.Equal(1, await sidecar.Process.WaitForExitAsync());
    }

    [Fact]
    public async Task A_delivery_under_way_is_finished_first()
    {
        var begun = new TaskCompletionSource();
        var finished = false;
        await using var sidecar = new Sidecar("busy", new App(app =>
        {
            app.MapSubscribeHandler();
            app.MapPost("/on", async () =>
            {
                begun.TrySetResult();
                await Pause.ForAsync(1500);
                finished = true;
            }).WithTopic("pubsub", "work");
        })).Component("pubsub", "pubsub.in-memory");
        await sidecar.App!.StartAsync();
        await sidecar.StartAsync();
        var dapr = sidecar.Dapr();
        await Eventually.Holds(async () =>
        {
            if (!begun.Task.IsCompleted)
                await dapr.PublishEventAsync("pubsub", "work", 1, Cancel);
            return begun.Task.IsCompleted;
        }, "a delivery has begun");
        Assert.Equal(0, await sidecar.StopAsync());
        Assert.True(finished);
    }

    [Fact]
    public async Task A_call_of_the_app_is_served_while_the_shutdown_is_blocked()
    {
        await using var sidecar = new Sidecar("blocking").Component("pubsub", "pubsub.in-memory").Flags("--dapr-block-shutdown-duration", "3s");
        await sidecar.StartAsync();
        var dapr = sidecar.Raw();
        sidecar.Process.Send(Platform.LocalPostgres.Processes.Signal.Terminate);
        var started = Stopwatch.GetTimestamp();
        await dapr.PublishEventAsync(new PublishEventRequest { PubsubName = "pubsub", Topic = "t" }, cancellationToken: Cancel);
        Assert.Equal(0, await sidecar.Process.WaitForExitAsync());
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 2.5, 12);
    }

    [Fact]
    public async Task A_component_of_an_unknown_type_stops_it()
    {
        await using var sidecar = new Sidecar("broken").Component("strange", "state.nosuchtype");
        sidecar.Launch();
        Assert.NotEqual(0, await sidecar.Process.WaitForExitAsync());
        Assert.Contains("strange", sidecar.Process.Output, StringComparison.Ordinal);
        Assert.Contains("state.nosuchtype", sidecar.Process.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_component_whose_errors_are_to_be_ignored_stops_nothing()
    {
        await using var sidecar = new Sidecar("tolerant").Resource("absent.yaml", """
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: absent
            spec:
              type: state.postgresql
              version: v2
              ignoreErrors: true
              initTimeout: 2s
              metadata:
                - name: connectionString
                  value: "host=127.0.0.1 port=1 user=nobody database=nothing connect_timeout=1"
            """);
        await sidecar.StartAsync();
    }
}
