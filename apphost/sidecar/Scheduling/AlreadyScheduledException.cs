namespace Platform.Sidecar.Scheduling;

/// <summary>A job or reminder of that name exists and may not be overwritten.</summary>
internal sealed class AlreadyScheduledException(ScheduleKey key) : Exception($"job already exists: '{key}'");
