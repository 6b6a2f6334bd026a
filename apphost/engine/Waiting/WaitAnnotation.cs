namespace Aspire.Hosting.ApplicationModel;

/// <summary>What is waited for.</summary>
public enum WaitType
{
    /// <summary>That it is well.</summary>
    WaitUntilHealthy,

    /// <summary>That it has ended.</summary>
    WaitForCompletion,

    /// <summary>That it runs.</summary>
    WaitUntilStarted,
}

/// <summary>What becomes of a wait for a resource that has ended by itself, or did not start.</summary>
public enum WaitBehavior
{
    /// <summary>It goes on until somebody has started the resource again.</summary>
    WaitOnResourceUnavailable,

    /// <summary>It ends, and whoever waits does not start.</summary>
    StopOnResourceUnavailable,
}

/// <summary>Holds a start back until another resource is ready.</summary>
public sealed class WaitAnnotation(IResource resource, WaitType waitType, int exitCode = 0) : IResourceAnnotation
{
    /// <summary>The other resource.</summary>
    public IResource Resource { get; } = resource;

    /// <summary>What is waited for.</summary>
    public WaitType WaitType { get; } = waitType;

    /// <summary>The exit code that counts as success.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What becomes of the wait when the other resource has ended by itself, or did not start; it ends when null.</summary>
    public WaitBehavior? WaitBehavior { get; init; }
}

/// <summary>A check of a resource's health, by its key.</summary>
public sealed class HealthCheckAnnotation(string key) : IResourceAnnotation
{
    /// <summary>Name of the check.</summary>
    public string Key { get; } = key;
}
