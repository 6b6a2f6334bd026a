using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Platform.Sidecar.Tests.Harness;

/// <summary>Subscribes an app to bulks, takes all of their entries, and notes how many there were.</summary>
internal sealed class BulkReceiver
{
    private readonly Lock _lock = new();
    private readonly List<JsonNode[]> _bulks = [];

    public BulkReceiver(TestApp app, string topic, int maxMessages, int maxAwaitMilliseconds)
    {
        app.Subscribe(topic, "/bulk");
        app.Subscriptions[^1]!["bulkSubscribe"] = new JsonObject { ["enabled"] = true, ["maxMessagesCount"] = maxMessages, ["maxAwaitDurationMs"] = maxAwaitMilliseconds };
        app.OnRequest = Take;
    }

    /// <summary>The data of all events, in the order in which they came.</summary>
    public IReadOnlyList<JsonNode?> Data => [.. Read().SelectMany(bulk => bulk).Select(entry => entry["event"]!["data"])];

    public IReadOnlyList<int> Sizes => [.. Read().Select(bulk => bulk.Length)];

    private JsonNode[][] Read()
    {
        lock (_lock)
            return [.. _bulks];
    }

    private async Task Take(HttpContext context)
    {
        var bulk = (await JsonNode.ParseAsync(context.Request.Body))!;
        var entries = bulk["entries"]!.AsArray().Select(entry => entry!).ToArray();
        lock (_lock)
            _bulks.Add(entries);
        var statuses = new JsonArray([.. entries.Select(entry => new JsonObject { ["entryId"] = (string)entry["entryId"]!, ["status"] = "SUCCESS" })]);
        await context.Response.WriteAsync(new JsonObject { ["statuses"] = statuses }.ToJsonString());
    }
}
