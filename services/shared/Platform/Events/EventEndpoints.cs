using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Platform.Access;
using Platform.Invocation;

namespace Platform.Events;

/// <summary>The routes that the sidecar calls: what is subscribed to, and deliveries.</summary>
public static class EventEndpoints
{
    /// <summary>Maps the programmatic subscription and one delivery route a topic, and one for bulks where the service takes them.</summary>
    public static IEndpointRouteBuilder MapEvents(this IEndpointRouteBuilder endpoints, EventSubscriptions subscriptions)
    {
        var sidecar = endpoints.MapGroup("").RequireSidecar();
        sidecar.MapGet("/dapr/subscribe", () => subscriptions.Topics.Order().Select(topic => new
        {
            pubsubname = DaprNames.PubSub,
            topic,
            // Without a default: what nobody here reacts to is acknowledged by the sidecar and costs this service no request.
            routes = new { rules = new[] { new { match = subscriptions.MatchOf(topic), path = PathOf(topic, subscriptions) } } },
            metadata = new Dictionary<string, string>(),
            bulkSubscribe = subscriptions.Bulk,
        }));
        sidecar.MapPost("/events/{topic}", (Func<HttpContext, Task<IResult>>)(context => ReceiveAsync(context, subscriptions)));
        if (subscriptions.Bulk is not null)
        {
            // One event may be as large as an ordinary call, and there are many.
            sidecar.MapPost("/events/{topic}/bulk", (Func<HttpContext, Task<IResult>>)(context => EventBulk.ReceiveAsync(context, subscriptions)))
                .WithMetadata(new DisableRequestSizeLimitAttribute());
        }

        return endpoints;
    }

    private static string PathOf(string topic, EventSubscriptions subscriptions) => subscriptions.Bulk is null ? $"/events/{topic}" : $"/events/{topic}/bulk";

    private static async Task<IResult> ReceiveAsync(HttpContext context, EventSubscriptions subscriptions)
    {
        using var document = await EventDelivery.ParseAsync(context);
        var received = document is null ? null : ReceivedEvent.Read(document.RootElement);
        return Results.Json(new { status = await EventDelivery.ReceiveAsync(context, subscriptions, received) });
    }
}
