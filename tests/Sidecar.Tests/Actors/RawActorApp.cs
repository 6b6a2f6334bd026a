using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Actors;

/// <summary>A call as it came to an app that hosts actors without any SDK.</summary>
internal sealed record ActorCall(string Method, string Path, string Body, IReadOnlyDictionary<string, string> Headers, DateTimeOffset At);

/// <summary>An app that hosts actors without any SDK, and notes all that the sidecar asks of it.</summary>
internal sealed class RawActorApp
{
    public RawActorApp(TestApp app, string config)
    {
        App = app;
        App.OnRequest = async context =>
        {
            if (context.Request.Path == "/dapr/config")
            {
                await context.Response.WriteAsync(config);
                return;
            }

            if (!context.Request.Path.StartsWithSegments("/actors", StringComparison.Ordinal))
                return;
            using var reader = new StreamReader(context.Request.Body, Encoding.UTF8);
            var call = new ActorCall(
                context.Request.Method, context.Request.Path + context.Request.QueryString, await reader.ReadToEndAsync(), TestApp.Headers(context),
                DateTimeOffset.UtcNow);
            Calls.Enqueue(call);
            await Answer(call, context);
        };
    }

    public TestApp App { get; }
    public ConcurrentQueue<ActorCall> Calls { get; } = new();

    public Func<ActorCall, HttpContext, Task> Answer { get; set; } = (_, _) => Task.CompletedTask;

    public IEnumerable<ActorCall> To(string path) => Calls.Where(call => call.Path.EndsWith(path, StringComparison.Ordinal));

    public static async Task<(TestStack Stack, RawActorApp App)> Start(string config, Action<TestStack>? configure = null)
    {
        var stack = await TestStack.Create();
        configure?.Invoke(stack);
        var app = new RawActorApp(stack.App("app", "http"), config);
        await app.App.Start();
        await stack.Start();
        using var http = stack.Http("app");
        await Eventually.Holds(async () => (await http.GetAsync("/v1.0/healthz")).IsSuccessStatusCode, "the actors are hosted");
        return (stack, app);
    }

    public static StringContent Json(JsonNode body) => new(body.ToJsonString(), Encoding.UTF8, "application/json");

    public static StringContent Text(string body) => new(body, Encoding.UTF8, "text/plain");
}
