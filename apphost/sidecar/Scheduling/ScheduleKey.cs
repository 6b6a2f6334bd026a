namespace Platform.Sidecar.Scheduling;

internal enum ScheduleKind
{
    Job,
    Reminder,
}

/// <summary>Who is told: an app of its jobs, the hosts of an actor type of its reminders.</summary>
/// <param name="Name">App id or actor type.</param>
internal sealed record Audience(ScheduleKind Kind, string Name);

/// <summary>What makes a job or reminder the same one.</summary>
/// <param name="Audience">Who is told of it.</param>
/// <param name="ActorId">Of a reminder; empty for a job.</param>
/// <param name="Name">As the caller named it.</param>
internal sealed record ScheduleKey(Audience Audience, string ActorId, string Name)
{
    public static ScheduleKey Job(string appId, string name) => new(new Audience(ScheduleKind.Job, appId), "", name);

    public static ScheduleKey Reminder(string actorType, string actorId, string name) =>
        new(new Audience(ScheduleKind.Reminder, actorType), actorId, name);

    public override string ToString() => Audience.Kind == ScheduleKind.Job ? Name : $"{Audience.Name}||{ActorId}||{Name}";
}
