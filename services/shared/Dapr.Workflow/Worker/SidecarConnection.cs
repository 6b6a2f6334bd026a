using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;

namespace Dapr.Workflow.Worker;

/// <summary>
/// The channel to the sidecar: DAPR_GRPC_ENDPOINT, else DAPR_GRPC_PORT on loopback, and DAPR_API_TOKEN, each from the configuration
/// first and then from the environment.
/// </summary>
internal sealed class SidecarConnection : IDisposable
{
    private const string DefaultPort = "50001";

    private readonly GrpcChannel _channel;

    public SidecarConnection(IConfiguration? configuration, GrpcChannelOptions? options)
    {
        var token = Setting(configuration, DaprDefaults.DaprApiTokenEnvironmentVariableName);
        _channel = GrpcChannel.ForAddress(Address(configuration), options ?? DefaultOptions());
        Invoker = token is null
            ? _channel.CreateCallInvoker()
            : _channel.Intercept(metadata =>
            {
                metadata.Add("dapr-api-token", token);
                return metadata;
            });
    }

    public CallInvoker Invoker { get; }

    public void Dispose() => _channel.Dispose();

    private static Uri Address(IConfiguration? configuration) =>
        Setting(configuration, DaprDefaults.DaprGrpcEndpointEnvironmentVariableName) is { } endpoint
            ? new Uri(endpoint)
            : new Uri($"http://127.0.0.1:{Setting(configuration, DaprDefaults.DaprGrpcPortEnvironmentVariableName) ?? DefaultPort}");

    private static string? Setting(IConfiguration? configuration, string name) =>
        configuration?[name] is { Length: > 0 } configured ? configured
        : Environment.GetEnvironmentVariable(name) is { Length: > 0 } inherited ? inherited
        : null;

    /// <summary>A sidecar that restarts is found again within a second, one that vanished without a word within half a minute.</summary>
    private static GrpcChannelOptions DefaultOptions() => new()
    {
        InitialReconnectBackoff = TimeSpan.FromMilliseconds(100),
        MaxReconnectBackoff = TimeSpan.FromSeconds(1),
        MaxReceiveMessageSize = null,
        MaxSendMessageSize = null,
        HttpHandler = new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            KeepAlivePingDelay = TimeSpan.FromSeconds(20),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
        },
        DisposeHttpClient = true,
    };
}
