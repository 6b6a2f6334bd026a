using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Actors;

/// <summary>The RPCs for reminders.</summary>
internal sealed class RemindersGrpcApi(ActorReminders reminders) : DaprApi
{
    public async Task<Empty> RegisterActorReminder(RegisterActorReminderRequest request, ServerCallContext context)
    {
        var reminder = new ReminderRequest(
            request.DueTime, request.Period, request.Ttl, ActorsGrpcApi.ToJson(request.Data),
            !request.HasOverwrite || request.Overwrite, request.FailurePolicy);
        var actor = new ActorAddress(request.ActorType, request.ActorId);
        await reminders.Create(context.App(), actor, request.Name, reminder, context.CancellationToken);
        return new Empty();
    }

    public async Task<Empty> UnregisterActorReminder(UnregisterActorReminderRequest request, ServerCallContext context)
    {
        await reminders.Delete(context.App(), new ActorAddress(request.ActorType, request.ActorId), request.Name, context.CancellationToken);
        return new Empty();
    }

    public async Task<UnregisterActorRemindersByTypeResponse> UnregisterActorRemindersByType(
        UnregisterActorRemindersByTypeRequest request, ServerCallContext context)
    {
        await reminders.DeleteAll(context.App(), request.ActorType, request.HasActorId ? request.ActorId : null, context.CancellationToken);
        return new UnregisterActorRemindersByTypeResponse();
    }

    public Task<GetActorReminderResponse> GetActorReminder(GetActorReminderRequest request, ServerCallContext context)
    {
        var found = reminders.Get(context.App(), new ActorAddress(request.ActorType, request.ActorId), request.Name);
        var response = new GetActorReminderResponse { ActorType = request.ActorType, ActorId = request.ActorId, Data = found.Data };
        if (found.HasDueTime)
            response.DueTime = found.DueTime;
        if (found.HasSchedule)
            response.Period = found.Schedule;
        if (ActorReminders.Expiry(found) is { } expires)
            response.Ttl = expires;
        return Task.FromResult(response);
    }

    public Task<ListActorRemindersResponse> ListActorReminders(ListActorRemindersRequest request, ServerCallContext context)
    {
        var found = reminders.List(context.App(), request.ActorType, request.HasActorId ? request.ActorId : null);
        return Task.FromResult(new ListActorRemindersResponse { Reminders = { found.Select(one => Named(one.Actor, one.Reminder)) } });
    }

    private static NamedActorReminder Named(ActorAddress actor, Job reminder)
    {
        var named = new ActorReminder { ActorType = actor.Type, ActorId = actor.Id, Data = reminder.Data };
        if (reminder.HasDueTime)
            named.DueTime = reminder.DueTime;
        if (reminder.HasSchedule)
            named.Period = reminder.Schedule;
        if (ActorReminders.Expiry(reminder) is { } expires)
            named.Ttl = expires;
        return new NamedActorReminder { Name = reminder.Name, Reminder = named };
    }
}
