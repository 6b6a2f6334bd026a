using Dapr.Client.Autogen.Grpc.v1;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Actors;

/// <summary>What the API does with reminders, for both protocols. An app has to do with reminders only of types that it hosts.</summary>
internal sealed class ActorReminders(Scheduler scheduler, ActorPlacement placement)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public async Task Create(SidecarApp app, ActorAddress actor, string name, ReminderRequest request, CancellationToken cancellationToken)
    {
        if (name.Length == 0)
            throw ActorErrors.BadRequest("reminder name cannot be empty").AsException();
        if (ScheduleNames.Fault(name) is { } fault)
            throw ActorErrors.BadRequest(fault).AsException();
        MustBeHosted(app, actor.Type);
        if (ScheduleNames.Fault(actor.Id) is { } idFault)
            throw ActorErrors.ReminderCreate($"invalid actorId: {idFault}").AsException();
        try
        {
            var key = ScheduleKey.Reminder(actor.Type, actor.Id, name);
            await scheduler.Add(app, key, request.ToDefinition(name), request.Overwrite, cancellationToken).WaitAsync(Patience, cancellationToken);
        }
        catch (AlreadyScheduledException error)
        {
            throw ActorErrors.ReminderExists(name).AsException(error);
        }
        catch (Exception error) when (error is not (DaprException or OperationCanceledException))
        {
            throw ActorErrors.ReminderCreate(error.Message).AsException(error);
        }
    }

    public Job Get(SidecarApp app, ActorAddress actor, string name)
    {
        MustBeHosted(app, actor.Type);
        return scheduler.Find(ScheduleKey.Reminder(actor.Type, actor.Id, name))?.Definition ?? throw ActorErrors.ReminderNotFound(name).AsException();
    }

    public IEnumerable<(ActorAddress Actor, Job Reminder)> List(SidecarApp app, string type, string? id)
    {
        MustBeHosted(app, type);
        return scheduler.List(Belongs(type, id)).Select(entry => (new ActorAddress(type, entry.Key.ActorId), entry.Definition));
    }

    public Task Delete(SidecarApp app, ActorAddress actor, string name, CancellationToken cancellationToken)
    {
        MustBeHosted(app, actor.Type);
        return Guard(scheduler.Remove(ScheduleKey.Reminder(actor.Type, actor.Id, name), cancellationToken));
    }

    public Task DeleteAll(SidecarApp app, string type, string? id, CancellationToken cancellationToken)
    {
        MustBeHosted(app, type);
        return Guard(scheduler.Remove(Belongs(type, id), cancellationToken));
    }

    /// <summary>The time to live, where it was given as a moment; of a duration nobody is told when it began.</summary>
    public static string? Expiry(Job reminder) =>
        reminder.HasTtl && PointInTime.TryParseAbsolute(reminder.Ttl, out var expires) ? PointInTime.Format(expires) : null;

    private static Func<ScheduleKey, bool> Belongs(string type, string? id)
    {
        var audience = new Audience(ScheduleKind.Reminder, type);
        return key => key.Audience == audience && (id is not { Length: > 0 } || key.ActorId == id);
    }

    private void MustBeHosted(SidecarApp app, string type)
    {
        if (new ActorAddress(type, "").IsReserved)
            throw ActorErrors.Reserved(type).AsException();
        if (placement.HostOf(app.Id) is not { } host || !host.Types.ContainsKey(type))
            throw ActorErrors.NotHosted.AsException();
    }

    private static async Task Guard(Task deletion)
    {
        try
        {
            await deletion.WaitAsync(Patience);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            throw ActorErrors.ReminderDelete(error.Message).AsException(error);
        }
    }
}
