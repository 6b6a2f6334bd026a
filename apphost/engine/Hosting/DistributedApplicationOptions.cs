namespace Aspire.Hosting;

/// <summary>How an application is made.</summary>
public sealed class DistributedApplicationOptions
{
    /// <summary>The command line.</summary>
    public string[]? Args { get; set; }

    /// <summary>The AppHost's assembly; the entry assembly when null.</summary>
    public string? AssemblyName { get; set; }

    /// <summary>The folder of the AppHost's project; known from the build when null.</summary>
    public string? ProjectDirectory { get; set; }

    /// <summary>Runs without a dashboard.</summary>
    public bool DisableDashboard { get; set; }
}

/// <summary>What is done with the application.</summary>
public enum DistributedApplicationOperation
{
    /// <summary>It runs.</summary>
    Run,

    /// <summary>It is published. The local engine never does.</summary>
    Publish,
}

/// <summary>What is done with the application.</summary>
public class DistributedApplicationExecutionContext(DistributedApplicationOperation operation)
{
    /// <summary>What is done.</summary>
    public DistributedApplicationOperation Operation { get; } = operation;

    /// <summary>It runs.</summary>
    public bool IsRunMode => Operation is DistributedApplicationOperation.Run;

    /// <summary>It is published.</summary>
    public bool IsPublishMode => Operation is DistributedApplicationOperation.Publish;
}
