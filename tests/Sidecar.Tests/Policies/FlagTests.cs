using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;
using DaprService = Dapr.Client.Autogen.Grpc.v1.Dapr;

namespace Platform.Sidecar.Tests.Policies;

public sealed class FlagTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task All_of_daprds_flags_are_taken_and_those_without_effect_are_said_in_one_line()
    {
        await using var sidecar = await new SoloSidecar
        {
            Flags =
            {
                "-mode", "standalone", "--placement-host-address=localhost:50005", "--scheduler-host-address", "localhost:50006", "--sentry-address", "localhost:50007",
                "--enable-mtls", "--control-plane-address", "x", "--profile-port=7778", "--enable-profiling=false", "--dapr-internal-grpc-port", "50002",
                "-log-level", "debug", "--log-as-json=false", "--app-max-concurrency", "5", "--read-buffer-size", "8Ki", "--max-body-size", "1Mi",
                "--dapr-graceful-shutdown-seconds", "1", "--disable-init-endpoints", "config,subscribe", "--app-binding-options-timeout", "2s", "--enable-api-logging",
            },
        }.Start();
        using var http = sidecar.Http();
        using var metadata = await http.GetAsync("/v1.0/metadata", Cancel);
        Assert.Equal(HttpStatusCode.OK, metadata.StatusCode);
        var said = Assert.Single(sidecar.Process.Output.Split('\n'), line => line.Contains("change nothing here", StringComparison.Ordinal));
        Assert.EndsWith("--placement-host-address, --scheduler-host-address, --sentry-address, --enable-mtls, --control-plane-address, --profile-port, --dapr-internal-grpc-port", said, StringComparison.Ordinal);
        await Eventually.Holds(() => sidecar.Process.Output.Contains("API called by app: GET /v1.0/metadata", StringComparison.Ordinal), "the call was logged");
    }

    [Theory]
    [InlineData(1, "unknown flag: --app-colour", "--app-colour", "red")]
    [InlineData(1, "--config needs a value", "--config")]
    [InlineData(0, "1.18", "--version")]
    [InlineData(1, "is not a duration", "--dapr-block-shutdown-duration", "soon")]
    public async Task What_is_said_of_flags_is_one_line(int code, string text, params string[] flags)
    {
        await using var sidecar = new SoloSidecar();
        sidecar.Flags.AddRange(flags);
        Assert.Equal(code, await sidecar.Launch().WaitForExit());
        Assert.Contains(text, Assert.Single(sidecar.Process.Output.Split('\n')), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_ends_when_the_sidecar_is_ready()
    {
        await using var sidecar = new SoloSidecar();
        await using var waiting = SidecarProcess.Launch(["--app-id", "app", "--dapr-http-port", $"{sidecar.HttpPort}", "--wait"]);
        await sidecar.Start();
        Assert.Equal(0, await waiting.WaitForExit());
    }

    [Fact]
    public async Task Health_checks_decide_who_is_called()
    {
        var status = 500;
        await using var app = new TestApp("app", "http");
        app.OnRequest = context =>
        {
            context.Response.StatusCode = context.Request.Path == "/well" ? status : 200;
            return Task.CompletedTask;
        };
        await app.Start();
        await using var sidecar = await new SoloSidecar(app)
        {
            Flags = { "--enable-app-health-check", "--app-health-check-path", "/well", "--app-health-probe-interval", "1", "--app-health-threshold", "1" },
        }.Start();
        using var http = sidecar.Http();
        using var ill = await http.GetAsync("/v1.0/invoke/app/method/x", Cancel);
        Assert.Contains("app is not in a healthy state", await ill.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("ERR_HEALTH_NOT_READY", await Code(http, "/v1.0/healthz"));

        status = 200;
        await Eventually.Holds(async () => (await http.GetAsync("/v1.0/healthz?appid=app", Cancel)).StatusCode == HttpStatusCode.NoContent, "the app is well");
        Assert.Equal("ERR_HEALTH_APPID_NOT_MATCH", await Code(http, "/v1.0/healthz?appid=other"));
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/v1.0/invoke/app/method/x", Cancel)).StatusCode);
        status = 500;
        await Eventually.Holds(async () => (await http.GetAsync("/v1.0/invoke/app/method/x", Cancel)).StatusCode == HttpStatusCode.InternalServerError, "the app is ill again");
    }

    [Fact]
    public async Task Metadata_tells_of_components_the_connection_and_what_was_added()
    {
        await using var app = await new TestApp("app", "http").Start();
        await using var sidecar = await new SoloSidecar(app) { Flags = { "--enable-app-health-check", "--app-max-concurrency", "7" } }
            .Component("tick", "bindings.cron", ("schedule", "@hourly"), ("direction", "input"))
            .Resource("apiVersion: dapr.io/v1alpha1\nkind: HTTPEndpoint\nmetadata:\n  name: outside\nspec:\n  baseUrl: http://outside.example\n")
            .Start();
        using var http = sidecar.Http();
        Assert.Equal(HttpStatusCode.NoContent, (await http.PutAsync("/v1.0/metadata/team", new StringContent("sales"), Cancel)).StatusCode);
        var dapr = sidecar.Dapr();
        await dapr.SetMetadataAsync("city", "Kyiv", Cancel);

        var metadata = (await http.GetFromJsonAsync<JsonObject>("/v1.0/metadata", Cancel))!;
        Assert.Equal(("app", "sales", "Kyiv"), ((string?)metadata["id"], (string?)metadata["extended"]!["team"], (string?)metadata["extended"]!["city"]));
        Assert.Equal("""[{"name":"tick","type":"bindings.cron","version":"v1","capabilities":["INPUT_BINDING","OUTPUT_BINDING"]}]""", metadata["components"]!.ToJsonString());
        Assert.Equal("""[{"name":"outside"}]""", metadata["httpEndpoints"]!.ToJsonString());
        var connection = metadata["appConnectionProperties"]!;
        Assert.Equal((app.Port, "http", "127.0.0.1", 7), ((int)connection["port"]!, (string)connection["protocol"]!, (string)connection["channelAddress"]!, (int)connection["maxConcurrency"]!));
        Assert.Equal("""{"healthCheckPath":"/healthz","healthProbeInterval":"5s","healthProbeTimeout":"500ms","healthThreshold":3}""", connection["health"]!.ToJsonString());
        var typed = await dapr.GetMetadataAsync(Cancel);
        Assert.Equal(("app", "tick"), (typed.Id, typed.Components.Single().Name));
    }

    [Fact]
    public async Task The_older_call_over_grpc_reaches_an_http_app()
    {
        await using var app = new TestApp("app", "http");
        app.OnRequest = async context =>
        {
            var body = await new StreamReader(context.Request.Body).ReadToEndAsync(Cancel);
            context.Response.StatusCode = context.Request.Path == "/missing" ? 404 : 200;
            context.Response.ContentType = "text/x";
            await context.Response.WriteAsync($"{context.Request.Method} {context.Request.Path}{context.Request.QueryString} {context.Request.ContentType} {body}", Cancel);
        };
        await app.Start();
        await using var sidecar = await new SoloSidecar(app).Start();
        using var channel = sidecar.Grpc();
        var dapr = new DaprService.DaprClient(channel);
        var call = new InvokeServiceRequest
        {
            Id = "app",
            Message = new InvokeRequest
            {
                Method = "greet",
                ContentType = "text/plain",
                Data = new Any { Value = ByteString.CopyFromUtf8("you") },
                HttpExtension = new HTTPExtension { Verb = HTTPExtension.Types.Verb.Put, Querystring = "a=1" },
            },
        };
        var answer = await dapr.InvokeServiceAsync(call, cancellationToken: Cancel);
        Assert.Equal(("PUT /greet?a=1 text/plain you", "text/x"), (answer.Data.Value.ToStringUtf8(), answer.ContentType));
        call.Message.Method = "missing";
        var error = await Assert.ThrowsAsync<RpcException>(async () => await dapr.InvokeServiceAsync(call, cancellationToken: Cancel));
        Assert.Equal(StatusCode.NotFound, error.StatusCode);
    }

    private static async Task<string?> Code(HttpClient http, string path)
    {
        using var response = await http.GetAsync(path, Cancel);
        return (string?)(await response.Content.ReadFromJsonAsync<JsonObject>(Cancel))!["errorCode"];
    }
}
