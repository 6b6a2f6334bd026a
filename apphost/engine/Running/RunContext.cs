using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Platform.LocalHost.Instances;
using Platform.LocalHost.Lifecycle;
using Platform.LocalHost.Parameters;
using Platform.LocalHost.Processes;

namespace Platform.LocalHost.Running;

/// <summary>What all runners of a stack share.</summary>
internal sealed class RunContext(Instance instance, IServiceProvider services)
{
    /// <summary>Services of the AppHost.</summary>
    public IServiceProvider Services { get; } = services;

    public Instance Instance { get; } = instance;

    public StateBoard Board { get; } = new();

    public ProcessGuard Guard { get; } = new();

    /// <summary>Where services send their telemetry; null when nobody listens.</summary>
    public TelemetryTarget? Telemetry { get; set; }

    /// <summary>The parameters that somebody can be asked for.</summary>
    public IReadOnlyList<ParameterRunner> Parameters { get; set; } = [];

    /// <summary>How the application runs.</summary>
    public DistributedApplicationExecutionContext Execution { get; } = services.GetRequiredService<DistributedApplicationExecutionContext>();

    /// <summary>Hear each line that a resource prints.</summary>
    public OutputListeners Output { get; } = services.GetRequiredService<OutputListeners>();

    /// <summary>The logs of resources.</summary>
    public ResourceLoggerService Logs { get; } = services.GetRequiredService<ResourceLoggerService>();

    /// <summary>What resources are doing, as the AppHost's own code sees it.</summary>
    public ResourceNotificationService Notifications { get; } = services.GetRequiredService<ResourceNotificationService>();

    /// <summary>Tells the AppHost what happens.</summary>
    public Announcements Announcements { get; } = services.GetRequiredService<Announcements>();

    public TimeProvider Time { get; } = services.GetRequiredService<TimeProvider>();

    /// <summary>Cancelled when the stack begins to stop.</summary>
    public CancellationToken Stopping { get; init; }

    /// <summary>How long a resource may take from its start to its first healthy answer.</summary>
    public TimeSpan HealthTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The same for a program that is not of .NET: nobody has built it before, so it may install and build itself at its first start.</summary>
    public TimeSpan BuildTimeout { get; init; } = TimeSpan.FromMinutes(10);
}

/// <summary>Whoever hears what resources print.</summary>
internal sealed class OutputListeners
{
    public event Action<string, string>? LineWritten;

    public void Hear(string resource, string line) => LineWritten?.Invoke(resource, line);
}

/// <summary>Where telemetry goes.</summary>
/// <param name="Endpoint">The address, spoken to over gRPC.</param>
/// <param name="HttpEndpoint">The address, spoken to over HTTP.</param>
/// <param name="Key">What a sender shows.</param>
internal sealed record TelemetryTarget(Uri Endpoint, Uri HttpEndpoint, string Key);
