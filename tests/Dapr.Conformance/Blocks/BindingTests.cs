using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Dapr.Client;
using Dapr.Conformance.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dapr.Conformance.Blocks;

/// <summary>bindings.cron, bindings.http and bindings.localstorage, and the app at their other end.</summary>
public sealed class BindingSetup : IAsyncLifetime
{
    public BindingSetup() => Sidecar = new Sidecar("bound", new App(app => app.MapFallback(async context =>
    {
        var request = await ReceivedRequest.ReadAsync(context);
        Received.GetOrAdd(request.Path, _ => new()).Enqueue(request);
        if (request.Path is "/unwanted" or "/dapr/config" or "/dapr/subscribe")
            context.Response.StatusCode = 404;
        else if (request.Path == "/teapot")
            context.Response.StatusCode = 418;
        else
            await context.Response.WriteAsync($"{request.Method} {request.Text}");
    })));

    internal Sidecar Sidecar { get; }

    internal ConcurrentDictionary<string, ConcurrentQueue<ReceivedRequest>> Received { get; } = new();

    internal string Files => Path.Combine(Sidecar.Folder, "files");

    internal int Count(string path, string method = "POST") => Received.TryGetValue(path, out var requests) ? requests.Count(request => request.Method == method) : 0;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Files);
        Sidecar.Component("tick", "bindings.cron", ("schedule", "@every 1s"))
            .Component("routed-tick", "bindings.cron", ("schedule", "@every 1s"), ("route", "/on/tick"), ("direction", "input"))
            .Component("unwanted", "bindings.cron", ("schedule", "@every 1s"))
            .Component("web", "bindings.http", ("url", $"http://127.0.0.1:{Sidecar.App!.Port}"))
            .Component("disk", "bindings.localstorage", ("rootPath", Files));
        await Sidecar.App.StartAsync();
        await Sidecar.StartAsync();
    }

    public async ValueTask DisposeAsync() => await Sidecar.DisposeAsync();
}

/// <summary>Bindings (contract §1.8).</summary>
public sealed class BindingTests(BindingSetup setup) : IClassFixture<BindingSetup>
{
    private readonly DaprClient _dapr = setup.Sidecar.Dapr();
    private readonly HttpClient _http = setup.Sidecar.Http();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/tick")]
    [InlineData("/on/tick")]
    public async Task An_input_comes_to_its_route_again_and_again(string route) =>
        await Eventually.Holds(() => setup.Count(route) >= 2, $"{route} has been called");

    [Fact]
    public async Task An_app_is_asked_whether_it_wants_an_input()
    {
        await Eventually.Holds(() => setup.Count("/unwanted", "OPTIONS") >= 1 && setup.Count("/tick") >= 1, "the app has been asked");
        Assert.Equal(0, setup.Count("/unwanted"));
    }

    [Fact]
    public async Task An_output_is_sent_and_its_answer_comes_back()
    {
        var response = await _dapr.InvokeBindingAsync(new BindingRequest("web", "post") { Data = "hello"u8.ToArray(), Metadata = { ["path"] = "/echo" } }, Cancel);
        Assert.Equal("POST hello", Encoding.UTF8.GetString(response.Data.Span));
        Assert.Equal("200", response.Metadata["statusCode"]);

        using var http = await _http.PostAsync(new Uri("/v1.0/bindings/web", UriKind.Relative), Errors.Json("""{"operation":"get","metadata":{"path":"/echo"}}"""), Cancel);
        Assert.Equal("GET ", await http.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("200", http.Headers.GetValues("metadata.statusCode").Single());
    }

    [Fact]
    public async Task An_answer_that_is_no_success_is_an_error()
    {
        using var response = await _http.PostAsync(new Uri("/v1.0/bindings/web", UriKind.Relative), Errors.Json("""{"operation":"get","metadata":{"path":"/teapot"}}"""), Cancel);
        await response.AssertErrorAsync(500, "ERR_INVOKE_OUTPUT_BINDING", "error invoking output binding web");
    }

    [Fact]
    public async Task Files_are_created_listed_read_and_deleted()
    {
        var name = $"{Guid.NewGuid():N}.txt";
        await _dapr.InvokeBindingAsync("disk", "create", "content", new Dictionary<string, string> { ["fileName"] = name }, Cancel);
        Assert.Contains("content", await File.ReadAllTextAsync(Path.Combine(setup.Files, name), Cancel), StringComparison.Ordinal);
        var read = await _dapr.InvokeBindingAsync(new BindingRequest("disk", "get") { Metadata = { ["fileName"] = name } }, Cancel);
        Assert.Contains("content", Encoding.UTF8.GetString(read.Data.Span), StringComparison.Ordinal);
        var listed = await _dapr.InvokeBindingAsync(new BindingRequest("disk", "list"), Cancel);
        Assert.Contains(name, Encoding.UTF8.GetString(listed.Data.Span), StringComparison.Ordinal);
        await _dapr.InvokeBindingAsync(new BindingRequest("disk", "delete") { Metadata = { ["fileName"] = name } }, Cancel);
        Assert.False(File.Exists(Path.Combine(setup.Files, name)));
    }

    [Fact]
    public async Task A_file_outside_the_root_is_not_reached()
    {
        var outside = Path.Combine(setup.Sidecar.Folder, "outside.txt");
        var failure = await Record.ExceptionAsync(() => _dapr.InvokeBindingAsync("disk", "create", "x", new Dictionary<string, string> { ["fileName"] = "../outside.txt" }, Cancel));
        Assert.True(failure is null or DaprException);
        Assert.False(File.Exists(outside));
    }

    [Theory]
    [InlineData("nobinding", "create")]
    [InlineData("disk", "dance")]
    [InlineData("disk", "")]
    public async Task What_cannot_be_done_is_an_error(string binding, string operation)
    {
        using var response = await _http.PostAsync(new Uri($"/v1.0/bindings/{binding}", UriKind.Relative), Errors.Json(new JsonObject { ["operation"] = operation, ["data"] = 1 }.ToJsonString()), Cancel);
        await response.AssertErrorAsync(500, "ERR_INVOKE_OUTPUT_BINDING", $"error invoking output binding {binding}");
    }

    [Fact]
    public async Task The_javascript_client_sends() => await NodeClient.RunAsync("bindings.js", setup.Sidecar);
}
