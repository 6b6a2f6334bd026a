using System.Text.Json.Nodes;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;

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
        var metadata = RequestMetadata.Of(context.Request);
        var publish = PublishRequest.To(context, Route(context, "pubsub"), Route(context, "topic"), metadata);
        var contentType = context.Request.ContentType is { Length: > 0 } given ? given : "text/plain";
        await publish.Publish(new PublishedEvent(await JsonBody.Read(context), contentType, metadata), context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static async Task PublishBulk(HttpContext context)
    {
        var metadata = RequestMetadata.Of(context.Request);
        var (pubSub, topic) = (Route(context, "pubsub"), Route(context, "topic"));
        var publish = PublishRequest.To(context, pubSub, topic, metadata);
        var entries = new BulkBody(pubSub, topic, context.App().Id, metadata).Read(await JsonBody.Read(context));
        var failures = await publish.PublishBulk(entries, context.RequestAborted);
        if (failures.Count > 0)
            await Refuse(context, failures);
        else
            context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static Task Refuse(HttpContext context, IReadOnlyList<BulkFailure> failures)
    {
        context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        return JsonBody.Answer(context, new JsonObject
        {
            ["failedEntries"] = new JsonArray([.. failures.Select(failure =>
                (JsonNode)new JsonObject { ["entryId"] = failure.EntryId, ["error"] = failure.Error })]),
            ["errorCode"] = "ERR_PUBSUB_PUBLISH_MESSAGE",
        });
    }

    private static string Route(HttpContext context, string name) => (string?)context.Request.RouteValues[name] ?? "";
}
