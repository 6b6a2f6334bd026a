using System.Collections.Immutable;

namespace CommunityToolkit.Aspire.Hosting.Dapr;

/// <summary>What an app asks of its sidecar; the names are those of daprd's flags.</summary>
public sealed record DaprSidecarOptions
{
    /// <summary>Host name under which the sidecar reaches the app.</summary>
    public string? AppChannelAddress { get; init; }

    /// <summary>Endpoint of the resource that the sidecar calls; the first one unless said.</summary>
    public string? AppEndpoint { get; init; }

    /// <summary>Path of the app's health check.</summary>
    public string? AppHealthCheckPath { get; init; }

    /// <summary>Seconds between health checks.</summary>
    public int? AppHealthProbeInterval { get; init; }

    /// <summary>Milliseconds that a health check may take.</summary>
    public int? AppHealthProbeTimeout { get; init; }

    /// <summary>Failures in a row that make the app unhealthy.</summary>
    public int? AppHealthThreshold { get; init; }

    /// <summary>The app's id; the resource's name unless said.</summary>
    public string? AppId { get; init; }

    /// <summary>Most calls to the app at a time.</summary>
    public int? AppMaxConcurrency { get; init; }

    /// <summary>The app's port; that of its endpoint unless said.</summary>
    public int? AppPort { get; init; }

    /// <summary>http, grpc or h2c.</summary>
    public string? AppProtocol { get; init; }

    /// <summary>A command that the Dapr CLI is to run. Not supported locally.</summary>
    public IImmutableList<string> Command { get; init; } = [];

    /// <summary>Path of the Dapr configuration.</summary>
    public string? Config { get; init; }

    /// <summary>Port of the sidecar's gRPC API.</summary>
    public int? DaprGrpcPort { get; init; }

    /// <summary>Port of the sidecar's HTTP API.</summary>
    public int? DaprHttpPort { get; init; }

    /// <summary>Port that sidecars call each other on. Not used locally.</summary>
    public int? DaprInternalGrpcPort { get; init; }

    /// <summary>Addresses that the sidecar listens on.</summary>
    public string? DaprListenAddresses { get; init; }

    /// <summary>Largest request body, such as 4Mi.</summary>
    public string? DaprMaxBodySize { get; init; }

    /// <summary>Largest request header, such as 4Ki.</summary>
    public string? DaprReadBufferSize { get; init; }

    /// <summary>Logs each call of the API.</summary>
    public bool? EnableApiLogging { get; init; }

    /// <summary>Checks the app's health.</summary>
    public bool? EnableAppHealthCheck { get; init; }

    /// <summary>Not used locally.</summary>
    public bool? EnableProfiling { get; init; }

    /// <summary>debug, info, warn, error or fatal.</summary>
    public string? LogLevel { get; init; }

    /// <summary>Port of the metrics.</summary>
    public int? MetricsPort { get; init; }

    /// <summary>Not used locally.</summary>
    public string? PlacementHostAddress { get; init; }

    /// <summary>Not used locally.</summary>
    public int? ProfilePort { get; init; }

    /// <summary>Folders of component files, relative to the AppHost's folder.</summary>
    public IImmutableSet<string> ResourcesPaths { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>Not used locally.</summary>
    public string? RunFile { get; init; }

    /// <summary>Not used locally.</summary>
    public string? RuntimePath { get; init; }

    /// <summary>Not used locally.</summary>
    public string? SchedulerHostAddress { get; init; }

    /// <summary>Not used locally.</summary>
    public string? UnixDomainSocket { get; init; }
}
