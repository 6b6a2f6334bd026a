using System.Collections.Concurrent;
using Dapr.Conformance.Harness;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Dapr.Conformance.Blocks;

/// <summary>An app that is called when its jobs are due; a job named <c>failing…</c> fails.</summary>
public sealed class JobSetup : IAsyncLifetime
{
    public JobSetup() => Sidecar = new Sidecar("worker", new App(app => app.MapPost("/job/{name}", async (string name, HttpContext context) =>
    {
        Runs.GetOrAdd(name, _ => new()).Enqueue(await ReceivedRequest.ReadAsync(context));
        context.Response.StatusCode = name.StartsWith("failing", StringComparison.Ordinal) ? 500 : 200;
    })));

    internal Sidecar Sidecar { get; }
    internal ConcurrentDictionary<string, ConcurrentQueue<ReceivedRequest>> Runs { get; } = new();
    private Database _database = null!;

    internal int Count(string name) => Runs.TryGetValue(name, out var runs) ? runs.Count : 0;

    public async ValueTask InitializeAsync()
    {
        _database = await Database.CreateAsync();
        Sidecar.Component("statestore", "state.postgresql v2", ("connectionString", _database.Url), ("actorStateStore", "true"));
        await Sidecar.App!.StartAsync();
        await Sidecar.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Sidecar.DisposeAsync();
        await _database.DisposeAsync();
    }
}
