using Grpc.Core;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Actors;

/// <summary>Brings a reminder that is due to its actor, in the actor's turn.</summary>
internal sealed partial class ReminderDelivery(ActorRouter router, ILogger<ReminderDelivery> logger) : IScheduleTarget
{
    public ScheduleKind Kind => ScheduleKind.Reminder;

    public async Task<DeliveryOutcome> Deliver(ScheduledEntry entry, CancellationToken stopping)
    {
        var actor = new ActorAddress(entry.Key.Audience.Name, entry.Key.ActorId);
        try
        {
            var reply = await router.Run(actor, null, (host, turn) => Send(host, turn, actor, entry), stopping);
            return reply.IsCancelled ? DeliveryOutcome.Cancelled : DeliveryOutcome.Done;
        }
        catch (DaprException error) when (error.Error.Grpc is StatusCode.FailedPrecondition or StatusCode.Unavailable)
        {
            return DeliveryOutcome.Undeliverable;
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return DeliveryOutcome.Undeliverable;
        }
        catch (Exception error) when (error is ActorFailedException or HttpRequestException or IOException)
        {
            Log.Failed(logger, entry.Key.Name, actor.Type, error.Message);
            return DeliveryOutcome.Failed;
        }
    }

    private static async Task<ActorReply> Send(ActorHost host, Turn turn, ActorAddress actor, ScheduledEntry entry)
    {
        await host.Reminders.WaitAsync(turn.Aborted);
        try
        {
            var request = new ActorRequest(ActorJson.Reminder(entry.Definition.Data), "application/json");
            return await host.Channel.Call(actor, $"remind/{entry.Key.Name}", request, turn.ReentrancyId, turn.Aborted);
        }
        finally
        {
            host.Reminders.Release();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Reminder {Name} of an actor of type {Type} failed: {Reason}")]
        public static partial void Failed(ILogger logger, string name, string type, string reason);
    }
}
