using System.Collections.Concurrent;
using Dapr.Client.Autogen.Grpc.v1;
using Dapr.Conformance.Harness;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dapr.Conformance.Blocks;

/// <summary>A sidecar and an app that each want a token.</summary>
public sealed class TokenSetup : IAsyncLifetime
{
    internal const string ApiToken = "let me in";
    internal const string AppToken = "it is I";

    public TokenSetup() => Sidecar = new Sidecar("guarded", new App(app =>
    {
        app.Use(async (context, next) =>
        {
            Seen.Enqueue((context.Request.Path, context.Request.Headers["dapr-api-token"].ToString()));
            await next(context);
        });
        app.MapSubscribeHandler();
        app.MapGet("/hello", () => "hello");
        app.MapPost("/on", () => { }).WithTopic("pubsub", "topic");
    }));

    internal Sidecar Sidecar { get; }

    internal ConcurrentQueue<(string Path, string Token)> Seen { get; } = new();

    public async ValueTask InitializeAsync()
    {
        Sidecar.Environment["DAPR_API_TOKEN"] = ApiToken;
        Sidecar.Environment["APP_API_TOKEN"] = AppToken;
        Sidecar.Component("pubsub", "pubsub.in-memory");
        await Sidecar.App!.StartAsync();
        await Sidecar.StartAsync();
    }

    public async ValueTask DisposeAsync() => await Sidecar.DisposeAsync();
}

/// <summary>The sidecar's token and the app's (contract §0).</summary>
public sealed class TokenTests(TokenSetup setup) : IClassFixture<TokenSetup>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("wrong")]
    public async Task Without_the_token_nothing_is_served_but_health(string? token)
    {
        foreach (var path in (string[])["/v1.0/metadata", "/v1.0/invoke/guarded/method/hello", "/any"])
        {
            using var response = await SendAsync(path, token);
            Assert.Equal((path, 401), (path, (int)response.StatusCode));
            Assert.Equal("invalid api token", (await response.Content.ReadAsStringAsync(Cancel)).Trim());
        }

        foreach (var path in (string[])["/v1.0/healthz", "/v1.0/healthz/outbound"])
        {
            using var response = await SendAsync(path, token);
            Assert.Equal(204, (int)response.StatusCode);
        }

        var metadata = token is null ? new Metadata() : new Metadata { { "dapr-api-token", token } };
        await Errors.AssertFailsAsync(
            async () => await setup.Sidecar.Raw().GetMetadataAsync(new GetMetadataRequest(), metadata, cancellationToken: Cancel), StatusCode.Unauthenticated);
    }

    [Fact]
    public async Task With_the_token_everything_is_served()
    {
        using var dapr = setup.Sidecar.Dapr(TokenSetup.ApiToken);
        Assert.Equal("guarded", (await dapr.GetMetadataAsync(Cancel)).Id);
        using var response = await SendAsync("/v1.0/invoke/guarded/method/hello", TokenSetup.ApiToken);
        Assert.Equal("hello", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task Every_call_to_the_app_has_the_apps_token()
    {
        using var dapr = setup.Sidecar.Dapr(TokenSetup.ApiToken);
        using var response = await SendAsync("/v1.0/invoke/guarded/method/hello", TokenSetup.ApiToken);
        await Eventually.Holds(async () =>
        {
            await dapr.PublishEventAsync("pubsub", "topic", 1, Cancel);
            return setup.Seen.Any(call => call.Path == "/on");
        }, "an event has come");
        foreach (var path in (string[])["/dapr/config", "/dapr/subscribe", "/hello", "/on"])
        {
            var calls = setup.Seen.Where(call => call.Path == path).ToList();
            Assert.NotEmpty(calls);
            Assert.All(calls, call => Assert.Equal(TokenSetup.AppToken, call.Token));
        }
    }

    [Fact]
    public async Task The_javascript_client_brings_the_token() => await NodeClient.RunAsync("health.js", setup.Sidecar, ("WITH_TOKEN", "yes"));

    private async Task<HttpResponseMessage> SendAsync(string path, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null)
            request.Headers.Add("dapr-api-token", token);
        return await setup.Sidecar.Http().SendAsync(request, Cancel);
    }
}
