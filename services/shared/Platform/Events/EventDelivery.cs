using System.Text.Json;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Data;
using Platform.Tenancy;
using Platform.Tenancy.Placements;

namespace Platform.Events;

/// <summary>Hands one event to its handlers, whether it came alone or among others.</summary>
internal static partial class EventDelivery
{
    public const string Success = "SUCCESS";
    public const string Retry = "RETRY";
    public const string Drop = "DROP";

    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    /// <summary>The body of a request of the sidecar; null when it is no JSON.</summary>
    public static async Task<JsonDocument?> ParseAsync(HttpContext context)
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

    /// <summary>Drops what is no event of ours, else hands it to each handler of its type; tells what the sidecar is to do with it.</summary>
    public static async Task<string> ReceiveAsync(HttpContext context, EventSubscriptions subscriptions, ReceivedEvent? received)
    {
        var logger = LoggerOf(context);
        if (received is null)
        {
            LogMalformed(logger, context.Request.Path);
            return Drop;
        }

        try
        {
            foreach (var handler in subscriptions.For(received.Type))
                await DeliverAsync(context.RequestServices, handler, received, context.RequestAborted);
            return Success;
        }
        catch (Exception exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            // The outcome changes: the sidecar delivers again, later, and in the end puts the event aside.
            if (!MissingDatabases.IsCauseOf(exception))
                LogFailed(logger, received.Type, received.Id, exception.GetType().Name, exception.Message);
            return Retry;
        }
    }

    public static ILogger LoggerOf(HttpContext context) => context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Platform.Events");

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

    [LoggerMessage(Level = LogLevel.Warning, Message = "An event on {Path} was no CloudEvent with id, type, tenantid and data; dropped")]
    private static partial void LogMalformed(ILogger logger, string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Event {Type} {Id} was not handled ({Error}: {Reason}); it comes again")]
    private static partial void LogFailed(ILogger logger, string type, string id, string error, string reason);
}
