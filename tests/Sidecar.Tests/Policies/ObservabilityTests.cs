using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;
using Platform.Sidecar.Tests.PubSub;

namespace Platform.Sidecar.Tests.Policies;

public sealed class ObservabilityTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_metrics_that_the_dashboards_read_are_on_the_metrics_port()
    {
        await using var database = await TestDatabase.Create();
        await using var app = await new TestApp("app", "http").Start();
        var port = Ports.Next();
        await using var sidecar = new SoloSidecar(app) { Flags = { "--enable-metrics=true", "--metrics-port", $"{port}" } };
        await sidecar
            .Component("statestore", "state.postgresql", ("connectionString", database.ConnectionString))
            .Component("files", "bindings.localstorage", ("rootPath", Path.Combine(sidecar.Folder, "files"))).Start();
        using var http = sidecar.Http();
        (await http.PostAsJsonAsync("/v1.0/state/statestore", new[] { new { key = "k", value = 1 } }, Cancel)).Dispose();
        (await http.GetAsync("/v1.0/state/statestore/k", Cancel)).Dispose();
        (await http.GetAsync("/v1.0/invoke/app/method/x", Cancel)).Dispose();
        (await http.PostAsJsonAsync("/v1.0/bindings/files", new { operation = "list" }, Cancel)).Dispose();
        await sidecar.Dapr().GetStateAsync<int>("statestore", "k", cancellationToken: Cancel);

        using var scraper = new HttpClient();
        using var answer = await scraper.GetAsync($"http://127.0.0.1:{port}/metrics", Cancel);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType?.MediaType);
        var lines = (await answer.Content.ReadAsStringAsync(Cancel)).Split('\n');
        foreach (var line in (string[])
        [
            "dapr_http_server_request_count{app_id=\"app\",method=\"GET\",path=\"/v1.0/state/statestore\",status=\"200\"} 1",
            "dapr_http_server_response_count{app_id=\"app\",method=\"POST\",path=\"/v1.0/state/statestore\",status=\"204\"} 1",
            "dapr_http_server_latency_count{app_id=\"app\",method=\"GET\",path=\"/v1.0/invoke/app/method/x\",status=\"200\"} 1",
            "dapr_http_server_latency_bucket{app_id=\"app\",method=\"GET\",path=\"/v1.0/invoke/app/method/x\",status=\"200\",le=\"+Inf\"} 1",
            "dapr_grpc_io_server_completed_rpcs{app_id=\"app\",grpc_server_method=\"/dapr.proto.runtime.v1.Dapr/GetState\",grpc_server_status=\"OK\"} 1",
            "dapr_component_state_count{app_id=\"app\",component=\"statestore\",namespace=\"\",operation=\"get\",success=\"true\"} 2",
            "dapr_component_output_binding_count{app_id=\"app\",component=\"files\",namespace=\"\",operation=\"list\",success=\"true\"} 1",
            "dapr_runtime_component_loaded{app_id=\"app\"} 2",
            "dapr_runtime_service_invocation_req_sent_total{app_id=\"app\",dst_app_id=\"app\",type=\"http\"} 1",
            "dapr_http_client_completed_count{app_id=\"app\",method=\"GET\",path=\"x\",status=\"200\"} 1",
            "# TYPE dapr_http_server_latency histogram",
        ])
        {
            Assert.Contains(line, lines);
        }

        Assert.Contains(lines, line => line.StartsWith("process_start_time_seconds ", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await scraper.GetAsync($"http://127.0.0.1:{port}/v1.0/metadata", Cancel)).StatusCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Calls_are_spans_of_the_callers_trace_and_are_exported(bool byConfiguration)
    {
        var exported = new ConcurrentQueue<string>();
        await using var collector = await CollectorAsync(exported);
        await using var app = new TestApp("app", "http") { OnRequest = context => context.Response.WriteAsync(context.Request.Headers["traceparent"].ToString(), Cancel) };
        await app.Start();
        await using var sidecar = new SoloSidecar(app);
        if (byConfiguration)
            sidecar.Config($"  tracing:\n    samplingRate: \"1\"\n    otel:\n      endpointAddress: 127.0.0.1:{collector.Port}\n      isSecure: false\n      protocol: http");
        else
            (sidecar.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"], sidecar.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"]) = ($"http://127.0.0.1:{collector.Port}", "http/protobuf");
        await sidecar.Start();

        using var http = sidecar.Http();
        var rooted = await http.GetStringAsync("/v1.0/invoke/app/method/x", Cancel);
        Assert.EndsWith("-01", rooted, StringComparison.Ordinal);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1.0/invoke/app/method/x") { Headers = { { "traceparent", Trace } } };
        using var answer = await http.SendAsync(request, Cancel);
        var seen = (await answer.Content.ReadAsStringAsync(Cancel)).Split('-');
        Assert.Equal(Trace.Split('-')[1], seen[1]);
        Assert.NotEqual(Trace.Split('-')[2], seen[2]);
        await Eventually.Holds(() => exported.Any(spans => spans.Contains(seen[2], StringComparison.Ordinal)), "the span was exported");
        var sent = exported.First(spans => spans.Contains(seen[2], StringComparison.Ordinal));
        Assert.Contains("/v1.0/invoke/app/method/x", sent, StringComparison.Ordinal);
        Assert.Contains(Trace.Split('-')[2], sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_events_trace_goes_through_the_broker_with_a_span_on_either_side()
    {
        const string Publishers = "00-0af7651916cd43dd8448eb211c80319c-00f067aa0ba902b7-01";
        var exported = new ConcurrentQueue<string>();
        await using var collector = await CollectorAsync(exported);
        await using var app = new TestApp("app", "http").Wants("memory", "deals");
        await app.Start();
        await using var sidecar = new SoloSidecar(app);
        (sidecar.Environment["OTEL_EXPORTER_OTLP_ENDPOINT"], sidecar.Environment["OTEL_EXPORTER_OTLP_PROTOCOL"]) = ($"http://127.0.0.1:{collector.Port}", "http/protobuf");
        await sidecar.Component("memory", "pubsub.in-memory").Start();
        using var http = sidecar.Http();
        // What is published before that, this broker gives to nobody.
        await Eventually.Holds(async () => (await http.GetStringAsync("/v1.0/metadata", Cancel)).Contains("\"topic\":\"deals\"", StringComparison.Ordinal), "it is subscribed");
        http.DefaultRequestHeaders.Add("traceparent", Trace);
        using var content = new StringContent($$"""{"specversion":"1.0","id":"1","source":"facts","type":"won","traceparent":"{{Publishers}}","data":1}""", null, "application/cloudevents+json");
        (await http.PostAsync("/v1.0/publish/memory/deals", content, Cancel)).EnsureSuccessStatusCode();

        await Eventually.Holds(() => !app.Events.IsEmpty, "the event has come");
        var parent = app.Events.Single().Headers["traceparent"].Split('-');
        Assert.Equal(Publishers.Split('-')[1], parent[1]);
        Assert.NotEqual(Publishers.Split('-')[2], parent[2]);
        foreach (var span in (string[])["publish/deals", "pubsub/deals", parent[2], Publishers.Split('-')[2]])
            await Eventually.Holds(() => exported.Any(spans => spans.Contains(span, StringComparison.Ordinal)), $"{span} was exported");
    }

    [Theory]
    [InlineData("0", null, "-01")]
    [InlineData("0.000001", "-00", "-01")]
    public async Task What_is_not_to_be_recorded_says_so_and_what_the_caller_records_is_recorded(string rate, string? rooted, string joined)
    {
        await using var app = new TestApp("app", "http") { OnRequest = context => context.Response.WriteAsync(context.Request.Headers["traceparent"].ToString(), Cancel) };
        await app.Start();
        await using var sidecar = new SoloSidecar(app);
        await sidecar.Config($"  tracing:\n    samplingRate: \"{rate}\"\n    stdout: true").Start();
        using var http = sidecar.Http();
        var own = await http.GetStringAsync("/v1.0/invoke/app/method/x", Cancel);
        if (rooted is null)
            Assert.Empty(own);
        else
            Assert.EndsWith(rooted, own, StringComparison.Ordinal);
        http.DefaultRequestHeaders.Add("traceparent", Trace);
        Assert.EndsWith(joined, await http.GetStringAsync("/v1.0/invoke/app/method/x", Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zipkin_gets_spans_as_its_own_json()
    {
        var posted = new ConcurrentQueue<JsonNode>();
        await using var zipkin = new TestApp("zipkin", "http") { OnRequest = async context => posted.Enqueue((await JsonNode.ParseAsync(context.Request.Body, cancellationToken: Cancel))!) };
        await zipkin.Start();
        await using var app = await new TestApp("app", "http").Start();
        await using var sidecar = new SoloSidecar(app);
        await sidecar.Config($"  tracing:\n    samplingRate: \"1\"\n    zipkin:\n      endpointAddress: http://127.0.0.1:{zipkin.Port}/api/v2/spans").Start();
        using var http = sidecar.Http();
        http.DefaultRequestHeaders.Add("traceparent", Trace);
        await http.GetStringAsync("/v1.0/invoke/app/method/x", Cancel);
        await Eventually.Holds(() => posted.SelectMany(spans => spans.AsArray()).Any(span => (string?)span!["name"] == "/v1.0/invoke/app/method/x"), "the span has come");
        var sent = posted.SelectMany(spans => spans.AsArray()).Single(span => (string?)span!["name"] == "/v1.0/invoke/app/method/x")!;
        Assert.Equal((Trace.Split('-')[1], Trace.Split('-')[2], "SERVER", "app"), ((string)sent["traceId"]!, (string)sent["parentId"]!, (string)sent["kind"]!, (string)sent["localEndpoint"]!["serviceName"]!));
        Assert.True((long)sent["duration"]! > 0);
    }

    [Fact]
    public async Task Without_a_configuration_trace_headers_pass_as_they_came()
    {
        await using var app = new TestApp("app", "http") { OnRequest = context => context.Response.WriteAsync(context.Request.Headers["traceparent"].ToString(), Cancel) };
        await app.Start();
        await using var sidecar = await new SoloSidecar(app).Start();
        using var http = sidecar.Http();
        http.DefaultRequestHeaders.Add("traceparent", Trace);
        Assert.Equal(Trace, await http.GetStringAsync("/v1.0/invoke/app/method/x", Cancel));
    }

    // Takes each export as the text that stands in it, and as its bytes in hexadecimal.
    private static Task<TestApp> CollectorAsync(ConcurrentQueue<string> exported) => new TestApp("collector", "http")
    {
        OnRequest = async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, Cancel);
            exported.Enqueue(ByteString.CopyFrom(body.ToArray()).ToStringUtf8() + Convert.ToHexStringLower(body.ToArray()));
        },
    }.Start();
}
