using System.Text;
using System.Text.Json.Nodes;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests.PubSub;

/// <summary>What the pub/sub facts have in common: a second broker beside the embedded one, and words for what is done with them.</summary>
internal static class PubSubStack
{
    public const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    /// <summary>Adds the component <c>memory</c>.</summary>
    public static TestStack WithMemory(this TestStack stack, params ReadOnlySpan<(string Name, string Value)> metadata)
    {
        var items = new StringBuilder();
        foreach (var (name, value) in metadata)
            items.Append($"    - name: {name}\n      value: \"{value}\"\n");
        stack.Resource("memory.yaml", $"""
            apiVersion: dapr.io/v1alpha1
            kind: Component
            metadata:
              name: memory
            spec:
              type: pubsub.in-memory
              version: v1
              metadata:
            {items}
            """);
        return stack;
    }

    /// <summary>Adds a subscription in the words of <c>/dapr/subscribe</c>.</summary>
    public static TestApp Wants(this TestApp app, string pubSub, string topic, string route = "/events", Action<JsonObject>? more = null)
    {
        var subscription = new JsonObject { ["pubsubname"] = pubSub, ["topic"] = topic, ["route"] = route };
        more?.Invoke(subscription);
        app.Subscriptions.Add(subscription);
        return app;
    }

    /// <summary>Subscribes to events of one type on the topic <c>deals</c>, and to no others.</summary>
    public static TestApp WantsType(this TestApp app, string pubSub, string type, string? deadLetterTopic = null) => app.Wants(pubSub, "deals", "", subscription =>
    {
        subscription.Remove("route");
        subscription["deadLetterTopic"] = deadLetterTopic;
        subscription["routes"] = new JsonObject
        {
            ["rules"] = new JsonArray(new JsonObject { ["match"] = $"event.type in [\"{type}\"]", ["path"] = "/events/wanted" }),
        };
    });

    public static async Task<JsonArray> Subscriptions(this TestStack stack, string app)
    {
        using var http = stack.Http(app);
        return JsonNode.Parse(await http.GetStringAsync("/v1.0/metadata"))!["subscriptions"]!.AsArray();
    }

    public static Task Subscribed(this TestStack stack, string app, int count = 1) =>
        Eventually.Holds(async () => (await stack.Subscriptions(app)).Count == count, $"{app} has {count} subscriptions");

    /// <summary>Publishes over HTTP; the path may carry metadata.</summary>
    public static async Task<(int Status, JsonNode? Body)> Post(
        this TestStack stack, string app, string path, string body, string? contentType = "application/json", string? trace = null)
    {
        using var http = stack.Http(app);
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (contentType is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (trace is not null)
            request.Headers.Add("traceparent", trace);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text));
    }

    public static async Task Publish(
        this TestStack stack, string app, string pubSub, string topic, string body, string? contentType = "application/json", string query = "",
        string? trace = null)
    {
        var (status, answer) = await stack.Post(app, $"/v1.0/publish/{pubSub}/{topic}{query}", body, contentType, trace);
        Assert.True(status == 204, $"publishing answered {status}: {answer}");
    }
}
