using Platform.Sidecar.Hosting;
using Platform.Sidecar.State;

namespace Platform.Sidecar.Scheduling;

/// <summary>
/// Where an app's jobs and reminders are kept: in its actor state store, else in any state store that it has; with no store at all
/// only in memory. Their rows have a key space of their own, beside that of the workflows.
/// </summary>
internal sealed record ScheduleHome(string AppId, IStateStore? Store, string Prefix)
{
    public static ScheduleHome Of(SidecarApp app)
    {
        var store = app.ActorStateStore ?? app.Components.All.Select(one => one.Component).OfType<IStateStore>().FirstOrDefault();
        var space = app.Options.Namespace.Length > 0 ? app.Options.Namespace : "default";
        return new ScheduleHome(app.Id, store, $"{app.Id}||dapr.internal.{space}.{app.Id}.schedule||");
    }

    public string RowOf(ScheduleKey key) => key.Audience.Kind == ScheduleKind.Job
        ? $"{Prefix}job||{key.Name}"
        : $"{Prefix}reminder||{key.Audience.Name}||{key.ActorId}||{key.Name}";
}
