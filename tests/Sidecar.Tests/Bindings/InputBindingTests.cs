using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Bindings;

public sealed class InputBindingTests
{
    private static readonly string[] Files = ["files"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cron_binding_fires_for_who_wants_it_and_ends_when_told()
    {
        await using var app = new TestApp("app", "http");
        var calls = new ConcurrentQueue<string>();
        app.OnRequest = context =>
        {
            calls.Enqueue($"{context.Request.Method} {context.Request.Path} {context.Request.Headers.ContainsKey("readTimeUTC")}");
            context.Response.StatusCode = context.Request.Path == "/unwanted" ? 404 : 200;
            return Task.CompletedTask;
        };
        await app.Start();
        await using var sidecar = await new SoloSidecar(app)
            .Component("tick", "bindings.cron", ("schedule", "@every 100ms"))
            .Component("unwanted", "bindings.cron", ("schedule", "@every 100ms"))
            .Component("routed", "bindings.cron", ("schedule", "* * * * * *"), ("route", "/else/where"), ("direction", "input"))
            .Start();

        await Eventually.Holds(() => calls.Count(call => call == "POST /tick True") >= 3, "it fired again and again");
        await Eventually.Holds(() => calls.Contains("POST /else/where True"), "it fired on its route");
        Assert.Contains("OPTIONS /tick False", calls);
        Assert.DoesNotContain("POST /unwanted True", calls);
        Assert.DoesNotContain("OPTIONS /else/where False", calls);

        using var http = sidecar.Http();
        using var ended = await http.PostAsJsonAsync("/v1.0/bindings/tick", new { operation = "delete" }, Cancel);
        Assert.Equal(HttpStatusCode.NoContent, ended.StatusCode);
        var sofar = calls.Count(call => call == "POST /else/where True");
        await Eventually.Holds(() => calls.Count(call => call == "POST /else/where True") > sofar, "the other goes on");
        var ticks = calls.Count(call => call == "POST /tick True");
        sofar = calls.Count(call => call == "POST /else/where True");
        await Eventually.Holds(() => calls.Count(call => call == "POST /else/where True") > sofar, "and on");
        Assert.Equal(ticks, calls.Count(call => call == "POST /tick True"));
        using var outward = await http.PostAsJsonAsync("/v1.0/bindings/routed", new { operation = "delete" }, Cancel);
        Assert.Contains("couldn't find output binding routed", await outward.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_answer_may_save_state_and_call_output_bindings()
    {
        await using var database = await TestDatabase.Create();
        await using var app = new TestApp("app", "http")
        {
            OnRequest = context => context.Request.Method != "POST" ? Task.CompletedTask : context.Response.WriteAsJsonAsync(new
            {
                data = new { fired = true },
                to = Files,
                storeName = "statestore",
                state = new[] { new { key = "last", value = "now" } },
            }, Cancel),
        };
        await app.Start();
        await using var sidecar = new SoloSidecar(app);
        var root = Path.Combine(sidecar.Folder, "files");
        await sidecar
            .Component("tick", "bindings.cron", ("schedule", "@every 100ms"))
            .Component("files", "bindings.localstorage", ("rootPath", root))
            .Component("statestore", "state.postgresql", ("connectionString", database.ConnectionString))
            .Start();

        await Eventually.Holds(() => Directory.Exists(root) && Directory.EnumerateFiles(root).Any(file => new FileInfo(file).Length > 0), "the output binding was called");
        Assert.Equal("{\"fired\":true}", await File.ReadAllTextAsync(Directory.EnumerateFiles(root).First(), Cancel));
        Assert.Equal("now", await sidecar.Dapr().GetStateAsync<string>("statestore", "last", cancellationToken: Cancel));
    }

    [Fact]
    public async Task A_grpc_app_lists_the_bindings_that_it_wants()
    {
        await using var app = new TestApp("app", "grpc");
        var callbacks = new Callbacks();
        await using var host = await Start(app.Port, callbacks);
        await using var sidecar = await new SoloSidecar(app)
            .Component("tick", "bindings.cron", ("schedule", "@every 50ms"))
            .Component("unwanted", "bindings.cron", ("schedule", "@every 50ms"))
            .Start();

        await Eventually.Holds(() => callbacks.Events.Count >= 2, "the events came");
        Assert.All(callbacks.Events, one => Assert.Equal("tick", one.Name));
        Assert.Contains("readTimeUTC", callbacks.Events.First().Metadata.Keys);
    }

    private static async Task<WebApplication> Start(int port, Callbacks callbacks)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(callbacks).AddGrpc();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        var host = builder.Build();
        host.MapGrpcService<Callbacks>();
        await host.StartAsync();
        return host;
    }

    private sealed class Callbacks : AppCallback.AppCallbackBase
    {
        public ConcurrentQueue<BindingEventRequest> Events { get; } = new();

        public override Task<ListInputBindingsResponse> ListInputBindings(Empty request, ServerCallContext context) =>
            Task.FromResult(new ListInputBindingsResponse { Bindings = { "tick" } });

        public override Task<BindingEventResponse> OnBindingEvent(BindingEventRequest request, ServerCallContext context)
        {
            Events.Enqueue(request);
            return Task.FromResult(new BindingEventResponse());
        }
    }
}
