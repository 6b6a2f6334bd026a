using System.Text.Json;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Access;
using Platform.Data;
using Platform.Invocation;
using Platform.Tenancy;

namespace Platform.Events;

/// <summary>The routes that the sidecar calls: what is subscribed to, and deliveries.</summary>
public static partial class EventEndpoints
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>Maps the programmatic subscription and one delivery route a topic.</summary>
    public static IEndpointRouteBuilder MapEvents(this IEndpointRouteBuilder endpoints, EventSubscriptions subscriptions)
    {
        var sidecar = endpoints.MapGroup("").RequireSidecar();
        sidecar.MapGet("/dapr/subscribe", () => subscriptions.Topics.Order().Select(topic => new
        {
            pubsubname = DaprNames.PubSub,
            topic,
            // Without a default: what nobody here reacts to is acknowledged by the sidecar and costs this service no request.
            routes = new { rules = new[] { new { match = subscriptions.MatchOf(topic), path = $"/events/{topic}" } } },
            metadata = new Dictionary<string, string>(),
        }));
        sidecar.MapPost("/events/{topic}", (Func<HttpContext, Task<IResult>>)(context => ReceiveAsync(context, subscriptions)));
        return endpoints;
    }

    private static async Task<IResult> ReceiveAsync(HttpContext context, EventSubscriptions subscriptions)
    {
        var logger = context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Platform.Events");
        using var document = await ParseAsync(context);
        if (document is null || Read(document.RootElement) is not { } received)
        {
            LogMalformed(logger, context.Request.Path);
            return Status("DROP");
        }

        try
        {
            foreach (var handler in subscriptions.For(received.Type))
                await DeliverAsync(context.RequestServices, handler, received, context.RequestAborted);
            return Status("SUCCESS");
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            // The outcome changes: the sidecar delivers again, later, and in the end puts the event aside.
            LogFailed(logger, received.Type, received.Id, exception.GetType().Name, exception.Message);
            return Status("RETRY");
        }
    }

    private static async Task DeliverAsync(IServiceProvider services, EventHandlerEntry handler, ReceivedEvent received, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Caller>().ActAsSystem(received.TenantId, $"event:{received.Type}", received.CausedBy);
        var message = Parser.Parse(received.Data, handler.Descriptor);
        var context = new EventContext(received.Id, received.TenantId, received.Time, scope.ServiceProvider) { CausedBy = received.CausedBy };
        if (!handler.ExactlyOnce)
        {
            await handler.Handle(message, context, cancellationToken);
            return;
        }

        var database = scope.ServiceProvider.GetRequiredService<UnitOfWork>().Context;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellationToken);
        if (!await InboxTable.TryAddAsync(database, received.Id, handler.Name, cancellationToken))
            return;
        await handler.Handle(message, context, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    private static async Task<JsonDocument?> ParseAsync(HttpContext context)
    {
        try
        {
            return await JsonDocument.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static ReceivedEvent? Read(JsonElement envelope) =>
        envelope.ValueKind == JsonValueKind.Object
        && envelope.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.String
        && envelope.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String
        && envelope.TryGetProperty(EventNames.TenantExtension, out var tenant) && tenant.TryGetGuid(out var tenantId)
        && envelope.TryGetProperty("data", out var data)
            ? new ReceivedEvent(id.GetString()!, type.GetString()!, tenantId, TimeOf(envelope), CauseOf(envelope), data.GetRawText())
            : null;

    private static DateTimeOffset TimeOf(JsonElement envelope) =>
        envelope.TryGetProperty("time", out var time) && time.TryGetDateTimeOffset(out var value) ? value : TimeProvider.System.GetUtcNow();

    private static string CauseOf(JsonElement envelope) =>
        envelope.TryGetProperty(EventNames.CauseExtension, out var cause) && cause.TryGetGuid(out var person) ? person.ToString() : "";

    private static IResult Status(string status) => Results.Json(new { status });

    [LoggerMessage(Level = LogLevel.Warning, Message = "An event on {Path} was no CloudEvent with id, type, tenantid and data; dropped")]
    private static partial void LogMalformed(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {Type} {Id} was not handled ({Error}: {Reason}); it comes again")]
    private static partial void LogFailed(ILogger logger, string type, string id, string error, string reason);

    private sealed record ReceivedEvent(string Id, string Type, Guid TenantId, DateTimeOffset Time, string CausedBy, string Data);
}
