using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;

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
        await using var collector = new TestApp("collector", "http");
        var exported = new ConcurrentQueue<string>();
        collector.OnRequest = async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, Cancel);
            exported.Enqueue(ByteString.CopyFrom(body.ToArray()).ToStringUtf8() + Convert.ToHexStringLower(body.ToArray()));
        };
        await collector.Start();
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
    public async Task Without_a_configuration_trace_headers_pass_as_they_came()
    {
        await using var app = new TestApp("app", "http") { OnRequest = context => context.Response.WriteAsync(context.Request.Headers["traceparent"].ToString(), Cancel) };
        await app.Start();
        await using var sidecar = await new SoloSidecar(app).Start();
        using var http = sidecar.Http();
        http.DefaultRequestHeaders.Add("traceparent", Trace);
        Assert.Equal(Trace, await http.GetStringAsync("/v1.0/invoke/app/method/x", Cancel));
    }
}
