namespace Platform.Sidecar.Scheduling;

/// <summary>Takes jobs or reminders to where they belong.</summary>
internal interface IScheduleTarget
{
    ScheduleKind Kind { get; }

    /// <summary>Reports every expected failure as its outcome; what it throws counts as a failure too.</summary>
    Task<DeliveryOutcome> Deliver(ScheduledEntry entry, CancellationToken stopping);
}

internal enum DeliveryOutcome
{
    Done,

    /// <summary>The receiver refused it: the failure policy decides.</summary>
    Failed,

    /// <summary>Nobody was there: it waits, and nothing is counted.</summary>
    Undeliverable,

    /// <summary>The receiver wants no more of it.</summary>
    Cancelled,
}
