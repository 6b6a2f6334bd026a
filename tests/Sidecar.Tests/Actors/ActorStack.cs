using System.Globalization;
using Dapr.Actors;
using Dapr.Actors.Client;
using Dapr.Actors.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.Actors;

/// <summary>A sidecar with one app that hosts <see cref="ProbeActor"/> through the official SDK, and one that hosts nothing.</summary>
internal sealed class ActorStack : IAsyncDisposable
{
    private ActorStack(TestStack stack) => Stack = stack;

    public TestStack Stack { get; }
    public ActorLog Log { get; } = new();
    public TestApp App { get; private set; } = null!;

    public string HttpEndpoint => $"http://127.0.0.1:{Stack.HttpPort("app")}";

    public static async Task<ActorStack> Start(Action<ActorRuntimeOptions>? configure = null, string protocol = "h2c")
    {
        var stack = new ActorStack(await TestStack.Create());
        stack.App = stack.Stack.App("app", protocol);
        stack.Stack.MetricsPorts["app"] = Ports.Next();
        stack.Stack.App("caller");
        stack.App.Services = services => services.AddSingleton(stack.Log).AddActors(options =>
        {
            options.HttpEndpoint = stack.HttpEndpoint;
            options.Actors.RegisterActor<ProbeActor>();
            configure?.Invoke(options);
        });
        stack.App.Routes = app => app.MapActorsHandlers();
        await stack.App.Start();
        await stack.Stack.Start();
        await stack.WaitUntilHosted();
        return stack;
    }

    public IProbeActor Actor(string id, string through = "app") => ActorProxy.Create<IProbeActor>(
        new ActorId(id), nameof(ProbeActor), new ActorProxyOptions { HttpEndpoint = $"http://127.0.0.1:{Stack.HttpPort(through)}" });

    /// <summary>How many calls wait for the turn of an actor.</summary>
    public async Task<int> Waiting()
    {
        using var http = new HttpClient();
        var lines = (await http.GetStringAsync(new Uri($"http://127.0.0.1:{Stack.MetricsPorts["app"]}/metrics"))).Split('\n');
        return lines.FirstOrDefault(line => line.StartsWith("dapr_runtime_actor_pending_actor_calls{app_id=\"app\",actor_type=\"ProbeActor\"} ", StringComparison.Ordinal)) is { } line ? int.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture) : 0;
    }

    public async Task WaitUntilHosted()
    {
        using var http = Stack.Http("app");
        await Eventually.Holds(async () => (await http.GetAsync("/v1.0/healthz")).IsSuccessStatusCode, "the actors are hosted");
    }

    public ValueTask DisposeAsync()
    {
        Log.Gate.TrySetResult();
        return Stack.DisposeAsync();
    }
}
