using System.Text;
using System.Text.Json;
using Platform.Sidecar.Api;

namespace Platform.Sidecar.PubSub;

/// <summary>The routes under <c>/v1.0/publish</c>.</summary>
internal static class PubSubHttpApi
{
    private static readonly string[] Writes = [HttpMethods.Post, HttpMethods.Put];

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapMethods("/v1.0/publish/{pubsub}/{**topic}", Writes, Publish);
        endpoints.MapMethods("/v1.0/publish/bulk/{pubsub}/{**topic}", Writes, PublishBulk);
        endpoints.MapMethods("/v1.0-alpha1/publish/bulk/{pubsub}/{**topic}", Writes, PublishBulk);
    }

    private static async Task Publish(HttpContext context)
    {
        var publish = PublishRequest.To(context, Route(context, "pubsub"), Route(context, "topic"));
        var published = new PublishedEvent(
            await JsonBody.Read(context), context.Request.ContentType ?? "text/plain", RequestMetadata.Of(context.Request));
        await publish.Publish([published], context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task PublishBulk(HttpContext context)
    {
        var (pubSub, topic) = (Route(context, "pubsub"), Route(context, "topic"));
        var publish = PublishRequest.To(context, pubSub, topic);
        await publish.Publish(await Events(context, pubSub, topic), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task<IReadOnlyList<PublishedEvent>> Events(HttpContext context, string pubSub, string topic)
    {
        try
        {
            using var body = JsonDocument.Parse(await JsonBody.Read(context));
            var entries = body.RootElement.EnumerateArray().ToArray();
            BulkEntries.Check(pubSub, topic, [.. entries.Select(entry => Text(entry, "entryId") ?? "")]);
            var metadata = RequestMetadata.Of(context.Request);
            return [.. entries.Select(entry => Event(entry, metadata))];
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException)
        {
            throw PubSubErrors.BadEvents(pubSub, topic, error.Message).AsException(error);
        }
    }

    private static PublishedEvent Event(JsonElement entry, IReadOnlyDictionary<string, string> all)
    {
        var contentType = Text(entry, "contentType") ?? throw new FormatException("contentType is missing");
        if (!entry.TryGetProperty("event", out var data))
            throw new FormatException("event is missing");
        var own = entry.TryGetProperty("metadata", out var metadata)
            ? metadata.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.ToString())
            : [];
        return new PublishedEvent(Bytes(data, contentType), contentType, BulkEntries.Merge(all, own));
    }

    private static byte[] Bytes(JsonElement data, string contentType) =>
        CloudEvents.IsJson(contentType) ? JsonBody.Bytes(data)
        : contentType.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase) ? data.GetBytesFromBase64()
        : Encoding.UTF8.GetBytes(data.ToString());

    private static string? Text(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Route(HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? "";
}
