using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Policies;

public sealed class ShutdownTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_ends_when_asked_over_either_protocol_and_at_once_when_forced()
    {
        await using var byHttp = await new SoloSidecar().Start();
        using var http = byHttp.Http();
        using var answer = await http.PostAsync("/v1.0/shutdown", null, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(0, await byHttp.Process.WaitForExit());

        await using var byGrpc = await new SoloSidecar().Start();
        await byGrpc.Dapr().ShutdownSidecarAsync(Cancel);
        Assert.Equal(0, await byGrpc.Process.WaitForExit());

        await using var forced = await new SoloSidecar { Flags = { "--dapr-block-shutdown-duration", "1h" } }.Start();
        using var client = forced.Http();
        using var force = new HttpRequestMessage(HttpMethod.Post, "/v1.0/shutdown") { Headers = { { "dapr-force-shutdown", "true" } } };
        (await client.SendAsync(force, Cancel)).Dispose();
        Assert.Equal(1, await forced.Process.WaitForExit());
    }

    [Fact]
    public async Task While_it_blocks_the_api_serves_and_nothing_comes_in()
    {
        var ticks = 0;
        await using var app = new TestApp("app", "http")
        {
            OnRequest = context =>
            {
                if (context.Request.Path == "/tick" && HttpMethods.IsPost(context.Request.Method))
                    Interlocked.Increment(ref ticks);
                return Task.CompletedTask;
            },
        };
        await app.Start();
        await using var sidecar = await new SoloSidecar(app) { Flags = { "--dapr-block-shutdown-duration", "3s" } }
            .Component("tick", "bindings.cron", ("schedule", "@every 50ms")).Start();
        await Eventually.Holds(() => ticks > 1, "the binding fires");
        var started = Stopwatch.GetTimestamp();
        var stopping = sidecar.Process.Stop();
        await Eventually.Holds(() => sidecar.Process.Output.Contains("blocking graceful shutdown for 3 s", StringComparison.Ordinal), "it blocks");

        using var http = sidecar.Http();
        var before = ticks;
        for (var i = 0; i < 20; i++)
            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/v1.0/invoke/app/method/x", Cancel)).StatusCode);
        Assert.InRange(ticks - before, 0, 1);
        Assert.Equal(0, await stopping);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 2.5, 10);
    }

    [Fact]
    public async Task An_app_that_goes_ends_the_blocking()
    {
        await using var app = await new TestApp("app", "http").Start();
        await using var sidecar = await new SoloSidecar(app) { Flags = { "--dapr-block-shutdown-duration", "1h" } }.Start();
        var stopping = sidecar.Process.Stop();
        await Eventually.Holds(() => sidecar.Process.Output.Contains("blocking graceful shutdown", StringComparison.Ordinal), "it blocks");
        await app.Stop();
        Assert.Equal(0, await stopping);
    }
}
