using System.Collections.Immutable;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Aspire.Hosting.ApplicationModel;

/// <summary>A resource at one moment.</summary>
public sealed record CustomResourceSnapshot
{
    /// <summary>What kind of thing it is.</summary>
    public required string ResourceType { get; init; }

    /// <summary>What else there is to know of it.</summary>
    public required ImmutableArray<ResourcePropertySnapshot> Properties { get; init; }

    /// <summary>When it was described.</summary>
    public DateTime? CreationTimeStamp { get; init; }

    /// <summary>When it started.</summary>
    public DateTime? StartTimeStamp { get; init; }

    /// <summary>When it ended.</summary>
    public DateTime? StopTimeStamp { get; init; }

    /// <summary>What it is doing; one of <see cref="KnownResourceStates"/>, or words of the AppHost's own.</summary>
    public ResourceStateSnapshot? State { get; init; }

    /// <summary>The exit code of what has ended.</summary>
    public int? ExitCode { get; init; }

    /// <summary>How it is; null where it does not run. A resource without health checks is well once it runs.</summary>
    public HealthStatus? HealthStatus => State?.Text != KnownResourceStates.Running ? null
        : HealthReports.IsEmpty ? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Healthy
        : HealthReports.Min(static report => report.Status ?? Microsoft.Extensions.Diagnostics.HealthChecks.HealthStatus.Unhealthy);

    /// <summary>What its health checks say.</summary>
    public ImmutableArray<HealthReportSnapshot> HealthReports { get; internal init; } = [];

    /// <summary>What it was started with; secrets are not among them.</summary>
    public ImmutableArray<EnvironmentVariableSnapshot> EnvironmentVariables { get; init; } = [];

    /// <summary>Where it is reached.</summary>
    public ImmutableArray<UrlSnapshot> Urls { get; init; } = [];

    /// <summary>What can be done with it.</summary>
    public ImmutableArray<ResourceCommandSnapshot> Commands { get; init; } = [];

    /// <summary>How it stands to others.</summary>
    public ImmutableArray<RelationshipSnapshot> Relationships { get; init; } = [];

    /// <summary>It is not listed.</summary>
    public bool IsHidden { get; init; }

    /// <summary>An icon for it.</summary>
    public string? IconName { get; init; }

    /// <summary>Which kind of it.</summary>
    public IconVariant? IconVariant { get; init; }

    /// <summary>What is done when it is ready has been done since its last start.</summary>
    internal bool IsReady { get; init; }
}

/// <summary>What a resource is doing.</summary>
/// <param name="Text">In a word.</param>
/// <param name="Style">How it looks: one of <see cref="KnownResourceStateStyles"/>.</param>
public sealed record ResourceStateSnapshot(string Text, string? Style)
{
    /// <summary>A word without a style.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Usage", "CA2225", Justification = "Aspire has no method beside it.")]
    public static implicit operator ResourceStateSnapshot?(string? s) => s is null ? null : new(s, Style: null);
}

/// <summary>Something there is to know of a resource.</summary>
public sealed record ResourcePropertySnapshot(string Name, object? Value)
{
    /// <summary>Not to be shown at once.</summary>
    public bool IsSensitive { get; init; }
}

/// <summary>A variable.</summary>
public sealed record EnvironmentVariableSnapshot(string Name, string? Value, bool IsFromSpec);

/// <summary>An address.</summary>
/// <param name="Name">Name of the endpoint; null where it is of none.</param>
/// <param name="Url">The address.</param>
/// <param name="IsInternal">Not for people.</param>
public sealed record UrlSnapshot(string? Name, string Url, bool IsInternal)
{
    /// <summary>How it is shown.</summary>
    public UrlDisplayPropertiesSnapshot DisplayProperties { get; init; } = new();

    /// <summary>Nobody listens there now.</summary>
    public bool IsInactive { get; init; }
}

/// <summary>How an address is shown.</summary>
public sealed record UrlDisplayPropertiesSnapshot(string DisplayName = "", int SortOrder = 0);

/// <summary>How a resource stands to another one.</summary>
public sealed record RelationshipSnapshot(string ResourceName, string Type);

/// <summary>What a health check says.</summary>
public sealed record HealthReportSnapshot(string Name, HealthStatus? Status, string? Description, string? ExceptionText)
{
    /// <summary>When it was asked.</summary>
    public DateTime? LastRunAt { get; init; }
}

/// <summary>A resource, and what it is now.</summary>
public class ResourceEvent(IResource resource, string resourceId, CustomResourceSnapshot snapshot)
{
    /// <summary>The resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>Which of its replicas: the resource's name, and for those beyond the first a number after it.</summary>
    public string ResourceId { get; } = resourceId;

    /// <summary>What it is now.</summary>
    public CustomResourceSnapshot Snapshot { get; } = snapshot;
}

/// <summary>What the engine calls the states of resources.</summary>
public static class KnownResourceStates
{
    /// <summary>It has not been asked to start.</summary>
    public static readonly string NotStarted = nameof(NotStarted);

    /// <summary>It waits for others.</summary>
    public static readonly string Waiting = nameof(Waiting);

    /// <summary>It starts.</summary>
    public static readonly string Starting = nameof(Starting);

    /// <summary>It runs.</summary>
    public static readonly string Running = nameof(Running);

    /// <summary>It ends.</summary>
    public static readonly string Stopping = nameof(Stopping);

    /// <summary>A server has ended.</summary>
    public static readonly string Exited = nameof(Exited);

    /// <summary>A program has ended.</summary>
    public static readonly string Finished = nameof(Finished);

    /// <summary>It did not start.</summary>
    public static readonly string FailedToStart = nameof(FailedToStart);

    /// <summary>What would run it is not well.</summary>
    public static readonly string RuntimeUnhealthy = nameof(RuntimeUnhealthy);

    /// <summary>It is built.</summary>
    public static readonly string Building = nameof(Building);

    /// <summary>A parameter has no value.</summary>
    public static readonly string ValueMissing = nameof(ValueMissing);

    /// <summary>It is there, without running.</summary>
    public static readonly string Active = nameof(Active);

    /// <summary>From which nothing follows by itself.</summary>
    public static readonly IReadOnlyList<string> TerminalStates = [Finished, FailedToStart, Exited];
}

/// <summary>How states look.</summary>
public static class KnownResourceStateStyles
{
    /// <summary>Good.</summary>
    public static readonly string Success = "success";

    /// <summary>Bad.</summary>
    public static readonly string Error = "error";

    /// <summary>Neither.</summary>
    public static readonly string Info = "info";

    /// <summary>Not quite good.</summary>
    public static readonly string Warn = "warning";
}
