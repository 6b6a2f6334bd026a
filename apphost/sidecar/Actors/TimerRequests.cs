using Platform.Sidecar.Hosting;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Actors;

/// <summary>What the API does with timers, for both protocols.</summary>
internal sealed class TimerRequests(ActorTimers timers, ActorPlacement placement)
{
    public void Create(SidecarApp app, ActorAddress actor, string name, ActorTimerRequest request)
    {
        MustNotBeReserved(actor);
        if ((ScheduleNames.Fault(name) ?? ScheduleNames.Fault(actor.Id)) is { } fault)
            throw ActorErrors.BadRequest(fault).AsException();
        if (placement.HostOf(app.Id) is not { } host || !host.Types.ContainsKey(actor.Type))
            throw ActorErrors.TimerCreate($"can't create timer for actor {actor}: actor type not registered").AsException();
        try
        {
            timers.Set(actor, name, request);
        }
        catch (FormatException error)
        {
            throw ActorErrors.TimerCreate(error.Message).AsException(error);
        }
    }

    public void Delete(ActorAddress actor, string name)
    {
        MustNotBeReserved(actor);
        timers.Delete(actor, name);
    }

    public IReadOnlyList<ActorTimer> List(ActorAddress actor)
    {
        MustNotBeReserved(actor);
        return timers.Of(actor);
    }

    public ActorTimer Get(ActorAddress actor, string name) =>
        List(actor).FirstOrDefault(timer => timer.Name == name) ?? throw ActorErrors.TimerNotFound(name).AsException();

    private static void MustNotBeReserved(ActorAddress actor)
    {
        if (actor.IsReserved)
            throw ActorErrors.Reserved(actor.Type).AsException();
    }
}
