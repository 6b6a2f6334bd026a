using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Actors;

/// <summary>Checks whom and what a caller names: it becomes a path at the app, and must lead nowhere but to the actor's method.</summary>
internal static class ActorMethods
{
    /// <returns>What is wrong; null when nothing is.</returns>
    public static string? Fault(ActorAddress actor, string method) =>
        ScheduleNames.Fault(actor.Type) is { } typeFault ? $"invalid actorType: {typeFault}"
        : ScheduleNames.Fault(actor.Id) is { } idFault ? $"invalid actorId: {idFault}"
        : ScheduleNames.Fault(method) is { } fault ? $"invalid actor method: {fault}"
        : method.Length == 0 ? "invalid actor method: it is empty"
        : null;
}
