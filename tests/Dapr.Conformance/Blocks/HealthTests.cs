using System.Net;
using Dapr.Conformance.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dapr.Conformance.Blocks;

/// <summary>The sidecar's health and the app's (contract §1.3, §1.14).</summary>
public sealed class HealthTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sidecar_without_an_app_is_healthy()
    {
        await using var sidecar = await new Sidecar("alone").StartAsync();
        using var dapr = sidecar.Dapr();
        await dapr.WaitForSidecarAsync(Cancel);
        Assert.True(await dapr.CheckHealthAsync(Cancel));
        Assert.True(await dapr.CheckOutboundHealthAsync(Cancel));
        foreach (var path in (string[])["/v1.0/healthz", "/v1.0/healthz/outbound", "/v1.0/healthz?appid=alone"])
        {
            using var response = await sidecar.Http().GetAsync(new Uri(path, UriKind.Relative), Cancel);
            Assert.Equal((path, HttpStatusCode.NoContent), (path, response.StatusCode));
        }

        using var mismatch = await sidecar.Http().GetAsync(new Uri("/v1.0/healthz?appid=other", UriKind.Relative), Cancel);
        await mismatch.AssertErrorAsync(500, "ERR_HEALTH_APPID_NOT_MATCH", "dapr app-id does not match");
        await NodeClient.RunAsync("health.js", sidecar);
    }

    [Fact]
    public async Task A_sidecar_serves_its_app_before_that_listens_and_is_healthy_when_it_does()
    {
        await using var sidecar = new Sidecar("early", new App(app => app.MapGet("/hello", () => "hello")));
        await sidecar.StartAsync("/v1.0/healthz/outbound");
        using var before = await sidecar.Http().GetAsync(new Uri("/v1.0/healthz", UriKind.Relative), Cancel);
        await before.AssertErrorAsync(500, "ERR_HEALTH_NOT_READY");
        await sidecar.App!.StartAsync();
        await sidecar.Process.WaitUntilReadyAsync(sidecar.HttpPort, "/v1.0/healthz");
        Assert.Equal("hello", await sidecar.Http().GetStringAsync(new Uri("/v1.0/invoke/early/method/hello", UriKind.Relative), Cancel));
    }

    [Fact]
    public async Task An_app_that_says_it_is_unwell_gets_neither_calls_nor_events_until_it_is_well()
    {
        var isWell = false;
        var events = 0;
        await using var sidecar = new Sidecar("patient", new App(app =>
        {
            app.MapSubscribeHandler();
            app.MapGet("/how-are-you", () => Volatile.Read(ref isWell) ? Results.Ok() : Results.StatusCode(503));
            app.MapGet("/hello", () => "hello");
            app.MapPost("/on", () => { Interlocked.Increment(ref events); }).WithTopic("pubsub", "news");
        }));
        sidecar.Component("pubsub", "pubsub.in-memory").Flags(
            "--enable-app-health-check", "--app-health-check-path", "/how-are-you", "--app-health-probe-interval", "1", "--app-health-threshold", "2");
        await sidecar.App!.StartAsync();
        await sidecar.StartAsync("/v1.0/healthz/outbound");
        var dapr = sidecar.Dapr();
        using var refused = await sidecar.Http().GetAsync(new Uri("/v1.0/invoke/patient/method/hello", UriKind.Relative), Cancel);
        await refused.AssertErrorAsync(500, "ERR_DIRECT_INVOKE");

        Volatile.Write(ref isWell, true);
        await Eventually.Holds(async () => await AnswersAsync(sidecar), "calls reach the app that has become well");
        await Eventually.Holds(async () =>
        {
            await dapr.PublishEventAsync("pubsub", "news", 1, Cancel);
            return Volatile.Read(ref events) > 0;
        }, "events reach it");

        Volatile.Write(ref isWell, false);
        await Eventually.Holds(async () => !await AnswersAsync(sidecar), "calls do not reach the app that has become unwell");
        var before = Volatile.Read(ref events);
        await dapr.PublishEventAsync("pubsub", "news", 2, Cancel);
        await Eventually.Never(() => Volatile.Read(ref events) > before, "an event reaches an app that is unwell", seconds: 1);
    }

    private static async Task<bool> AnswersAsync(Sidecar sidecar)
    {
        using var response = await sidecar.Http().GetAsync(new Uri("/v1.0/invoke/patient/method/hello", UriKind.Relative), Cancel);
        return response.IsSuccessStatusCode;
    }
}
