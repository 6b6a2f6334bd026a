using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;
using Platform.Sidecar.Tests.V1;

namespace Platform.Sidecar.Tests.Resiliency;

public sealed class ResiliencyTests
{
    private const string Policies = """
        apiVersion: dapr.io/v1alpha1
        kind: Resiliency
        metadata:
          name: resiliency
        spec:
          policies:
            timeouts:
              short: 300ms
            retries:
              thrice: { policy: constant, duration: 20ms, maxRetries: 3 }
              busy: { policy: exponential, duration: 1s, maxInterval: 1s, maxRetries: 1, matching: { httpStatusCodes: "429,502-504", gRPCStatusCodes: "14" } }
            circuitBreakers:
              fuse: { maxRequests: 1, timeout: 500ms, trip: "consecutiveFailures >= 2 && requests > 1" }
          targets:
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_failing_call_is_made_four_times_and_its_last_answer_is_passed_on()
    {
        var calls = 0;
        await using var app = await App(async context =>
        {
            Interlocked.Increment(ref calls);
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync(Cancel);
            context.Response.StatusCode = 500;
            context.Response.Headers["x-call"] = $"{calls}";
            await context.Response.WriteAsync($"no {body}", Cancel);
        });
        await using var sidecar = await Sidecar(app, "apps: { app: { retry: thrice } }").Start();
        using var http = sidecar.Http();

        using var answer = await http.PostAsync("/v1.0/invoke/app/method/do", new StringContent("body"), Cancel);
        Assert.Equal((500, "no body", "4", 4), ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel), answer.Headers.GetValues("x-call").Single(), calls));

        // A body of unknown length cannot be sent twice.
        using var streamed = new HttpRequestMessage(HttpMethod.Post, "/v1.0/invoke/app/method/do") { Content = new StringContent("stream"), Headers = { TransferEncodingChunked = true } };
        using var once = await http.SendAsync(streamed, Cancel);
        Assert.Equal("no stream", await once.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(5, calls);
    }

    [Fact]
    public async Task Only_matching_statuses_are_retried()
    {
        var calls = 0;
        await using var app = await App(context =>
        {
            Interlocked.Increment(ref calls);
            context.Response.StatusCode = int.Parse(context.Request.Path.Value![1..], System.Globalization.CultureInfo.InvariantCulture);
            return Task.CompletedTask;
        });
        await using var sidecar = await Sidecar(app, "apps: { app: { retry: busy } }").Start();
        using var http = sidecar.Http();
        foreach (var (status, expected) in ((int, int)[])[(200, 1), (404, 1), (500, 1), (429, 2), (503, 2)])
        {
            calls = 0;
            using var answer = await http.GetAsync($"/v1.0/invoke/app/method/{status}", Cancel);
            Assert.Equal((status, expected), ((int)answer.StatusCode, calls));
        }
    }

    [Fact]
    public async Task A_call_that_takes_too_long_ends_and_says_so()
    {
        await using var app = await App(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        await using var sidecar = await Sidecar(app, "apps: { app: { timeout: short } }").Start();
        using var http = sidecar.Http();
        var started = Stopwatch.GetTimestamp();
        using var answer = await http.GetAsync("/v1.0/invoke/app/method/hang", Cancel);
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("context deadline exceeded", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.InRange(Stopwatch.GetElapsedTime(started).TotalSeconds, 0.25, 3);
    }

    [Fact]
    public async Task A_circuit_breaker_opens_tries_again_and_closes()
    {
        var (calls, fails) = (0, true);
        await using var app = await App(context =>
        {
            Interlocked.Increment(ref calls);
            context.Response.StatusCode = fails ? 500 : 200;
            return Task.CompletedTask;
        });
        await using var sidecar = await Sidecar(app, "apps: { app: { circuitBreaker: fuse } }").Start();
        using var http = sidecar.Http();
        for (var i = 0; i < 2; i++)
            (await http.GetAsync("/v1.0/invoke/app/method/x", Cancel)).Dispose();
        using var refused = await http.GetAsync("/v1.0/invoke/app/method/x", Cancel);
        Assert.Contains("circuit breaker is open", await refused.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(2, calls);

        fails = false;
        await Eventually.Holds(async () =>
        {
            using var answer = await http.GetAsync("/v1.0/invoke/app/method/x", Cancel);
            return answer.IsSuccessStatusCode;
        }, "it tries again");
        Assert.Equal(3, calls);
    }

    [Fact]
    public async Task A_grpc_call_is_sent_again_until_its_answer_begins()
    {
        await using var stack = await TestStack.Create();
        stack.Resource("resiliency.yaml", Policies + "\n    apps: { app: { retry: thrice } }\n");
        stack.App("caller");
        var app = stack.App("app");
        await app.Start();
        await stack.Start();
        using var channel = stack.Grpc("caller");
        var echo = new Echo.EchoClient(channel);
        var to = new Metadata { { "dapr-app-id", "app" } };

        Assert.Equal("hello", (await echo.SayAsync(new EchoMessage { Text = "hello" }, to, cancellationToken: Cancel)).Text);
        EchoService.Failures = 2;
        Assert.Equal("flaky", (await echo.SayAsync(new EchoMessage { Text = "flaky" }, to, cancellationToken: Cancel)).Text);
        EchoService.Failures = 9;
        var failed = await Assert.ThrowsAsync<RpcException>(async () => await echo.SayAsync(new EchoMessage { Text = "flaky" }, to, cancellationToken: Cancel));
        Assert.Equal((StatusCode.Unavailable, "flaky", 5), (failed.StatusCode, failed.Status.Detail, EchoService.Failures));
        using var streamed = echo.Converse(to, cancellationToken: Cancel);
        for (var i = 0; i < 3; i++)
        {
            await streamed.RequestStream.WriteAsync(new EchoMessage { Count = i }, Cancel);
            Assert.True(await streamed.ResponseStream.MoveNext(Cancel));
            Assert.Equal(i, streamed.ResponseStream.Current.Count);
        }

        await streamed.RequestStream.CompleteAsync();
        Assert.False(await streamed.ResponseStream.MoveNext(Cancel));
    }

    [Fact]
    public async Task A_component_call_is_retried_and_default_policies_count_where_no_target_is_named()
    {
        var calls = 0;
        await using var target = await App(context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref calls) < 3 ? 500 : 200;
            return context.Response.WriteAsync("done", Cancel);
        });
        await using var sidecar = new SoloSidecar().Component("web", "bindings.http", ("url", $"http://127.0.0.1:{target.Port}"));
        sidecar.Resource(Policies.Replace("thrice:", "DefaultBindingComponentOutboundRetryPolicy:", StringComparison.Ordinal));
        await sidecar.Start();
        using var http = sidecar.Http();
        using var answer = await http.PostAsJsonAsync("/v1.0/bindings/web", new { operation = "get" }, Cancel);
        Assert.Equal(("done", 3), (await answer.Content.ReadAsStringAsync(Cancel), calls));
    }

    [Fact]
    public async Task A_delivery_is_tried_again_within_its_policy_and_counted_once()
    {
        var calls = 0;
        await using var app = new TestApp("app", "http");
        app.Subscriptions.Add(new System.Text.Json.Nodes.JsonObject { ["pubsubname"] = "pubsub", ["topic"] = "deals", ["route"] = "/events" });
        app.OnEvent = (_, context) =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref calls) < 3 ? 500 : 200;
            return Task.CompletedTask;
        };
        await app.Start();
        var port = Ports.Next();
        await using var sidecar = Sidecar(app, "components: { pubsub: { inbound: { retry: thrice }, outbound: { timeout: short } } }").Component("pubsub", "pubsub.in-memory");
        sidecar.Flags.AddRange(["--enable-metrics=true", "--metrics-port", $"{port}"]);
        await sidecar.Start();
        await Eventually.Holds(() => app.SubscriptionReads > 0, "the app was asked for its subscriptions");
        var dapr = sidecar.Dapr();
        await Eventually.Holds(async () => (await dapr.GetMetadataAsync(Cancel)).Id == "app", "it answers");
        using var http = sidecar.Http();
        await Eventually.Holds(async () => (await http.GetStringAsync("/v1.0/metadata", Cancel)).Contains("\"topic\":\"deals\"", StringComparison.Ordinal), "it is subscribed");

        await dapr.PublishEventAsync("pubsub", "deals", new { a = 1 }, Cancel);
        await Eventually.Holds(() => calls == 3, "it was tried until it was taken");
        using var scraper = new HttpClient();
        await Eventually.Holds(async () => (await scraper.GetStringAsync($"http://127.0.0.1:{port}/metrics", Cancel)).Contains(
            "dapr_component_pubsub_ingress_count{app_id=\"app\",component=\"pubsub\",namespace=\"\",process_status=\"success\",topic=\"deals\",status=\"success\"} 1", StringComparison.Ordinal), "it was counted");
        Assert.Contains("dapr_component_pubsub_egress_count{app_id=\"app\",component=\"pubsub\",namespace=\"\",success=\"true\",topic=\"deals\"} 1", await scraper.GetStringAsync($"http://127.0.0.1:{port}/metrics", Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("apps: { app: { retry: nothing } }", "names the retry 'nothing', which there is not")]
    [InlineData("apps: { app: { timeout: short } }", "is not a duration", "short: 300ms", "short: soon")]
    [InlineData("apps: { app: { circuitBreaker: fuse } }", "'failures' is no counter", "consecutiveFailures", "failures")]
    [InlineData("apps: { app: { retry: busy } }", "neither a status nor a range", "429,502-504", "429,five")]
    public async Task A_file_that_cannot_be_read_stops_the_app_with_its_name(string targets, string message, string from = "spec:", string to = "spec:")
    {
        await using var sidecar = new SoloSidecar();
        sidecar.Resource((Policies + "\n    " + targets).Replace(from, to, StringComparison.Ordinal));
        Assert.Equal(1, await sidecar.Launch().WaitForExit());
        Assert.Contains("00.yaml", sidecar.Process.Output, StringComparison.Ordinal);
        Assert.Contains(message, sidecar.Process.Output, StringComparison.Ordinal);
    }

    private static SoloSidecar Sidecar(TestApp app, string targets) => new SoloSidecar(app).Resource($"{Policies}\n    {targets}\n");

    // What the sidecar itself asks is not what these tests count.
    private static async Task<TestApp> App(RequestDelegate onRequest) => await new TestApp("app", "http")
    {
        OnRequest = context =>
        {
            if (!context.Request.Path.StartsWithSegments("/dapr"))
                return onRequest(context);
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        },
    }.Start();
}
