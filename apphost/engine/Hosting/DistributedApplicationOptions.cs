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

    /// <summary>What the dashboard is called. Locally it bears the instance's name.</summary>
    public string? DashboardApplicationName { get; set; }

    /// <summary>Where images come from. Not used locally: no container runs here.</summary>
    public string? ContainerRegistryOverride { get; set; }

    /// <summary>Lets the dashboard do without TLS. Locally it always does, on loopback alone.</summary>
    public bool AllowUnsecuredTransport { get; set; }

    /// <summary>Repeats what resources print as what the AppHost logs. Locally that is what <c>logs</c> shows.</summary>
    public bool EnableResourceLogging { get; set; }

    /// <summary>Makes programs trust the certificate for development. Not used locally: nothing stands before them.</summary>
    public bool? TrustDeveloperCertificate { get; set; }
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
    /// <summary>Services of the AppHost.</summary>
    /// <exception cref="InvalidOperationException">The application is still described; there are none yet.</exception>
    public IServiceProvider Services => Built ?? throw new InvalidOperationException("The application is not built yet, so that it has no services.");

    /// <summary>What is done.</summary>
    public DistributedApplicationOperation Operation { get; } = operation;

    /// <summary>It runs.</summary>
    public bool IsRunMode => Operation is DistributedApplicationOperation.Run;

    /// <summary>It is published.</summary>
    public bool IsPublishMode => Operation is DistributedApplicationOperation.Publish;

    internal IServiceProvider? Built { get; set; }
}
