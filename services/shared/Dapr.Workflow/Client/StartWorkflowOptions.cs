namespace Dapr.Workflow.Client;

/// <summary>How a workflow is started.</summary>
public sealed class StartWorkflowOptions
{
    /// <summary>The id; null: a random one.</summary>
    public string? InstanceId { get; set; }

    /// <summary>When it begins; null: now.</summary>
    public DateTimeOffset? StartAt { get; set; }
}

/// <summary>Builds <see cref="StartWorkflowOptions"/>.</summary>
public sealed class StartWorkflowOptionsBuilder
{
    private readonly StartWorkflowOptions _options = new();

    /// <summary>Sets the id.</summary>
    public StartWorkflowOptionsBuilder WithInstanceId(string instanceId)
    {
        _options.InstanceId = instanceId;
        return this;
    }

    /// <summary>Begins at a moment.</summary>
    public StartWorkflowOptionsBuilder StartAt(DateTimeOffset startAt)
    {
        _options.StartAt = startAt;
        return this;
    }

    /// <summary>Begins after a time.</summary>
    public StartWorkflowOptionsBuilder StartAfter(TimeSpan delay) => StartAt(DateTimeOffset.UtcNow.Add(delay));

    /// <summary>The options.</summary>
    public StartWorkflowOptions Build() => new() { InstanceId = _options.InstanceId, StartAt = _options.StartAt };
}
