using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using SidecarClient = Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient;

namespace Platform.Invocation;

/// <summary>The one channel to the sidecar, from DAPR_GRPC_ENDPOINT or DAPR_GRPC_PORT, with DAPR_API_TOKEN.</summary>
public sealed class SidecarChannel : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly string? _apiToken;

    /// <summary>Opens nothing yet: the first call connects.</summary>
    public SidecarChannel(IConfiguration configuration)
    {
        var address = configuration["DAPR_GRPC_ENDPOINT"] is { Length: > 0 } endpoint ? endpoint : $"http://127.0.0.1:{configuration["DAPR_GRPC_PORT"] ?? "50001"}";
        _apiToken = configuration["DAPR_API_TOKEN"] is { Length: > 0 } token ? token : null;
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = new SocketsHttpHandler
            {
                EnableMultipleHttp2Connections = true,
                KeepAlivePingDelay = TimeSpan.FromSeconds(30),
                KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            },
            // A sidecar that restarts is back within seconds; the default of two minutes would outlast it by far.
            InitialReconnectBackoff = TimeSpan.FromMilliseconds(200),
            MaxReconnectBackoff = TimeSpan.FromSeconds(2),
        });
        Invoker = _channel.CreateCallInvoker().Intercept(AddToken);
        Dapr = new SidecarClient(Invoker);
    }

    /// <summary>Calls the sidecar itself, or with metadata <c>dapr-app-id</c> another app.</summary>
    public CallInvoker Invoker { get; }

    /// <summary>The sidecar's own API.</summary>
    public SidecarClient Dapr { get; }

    /// <inheritdoc />
    public void Dispose() => _channel.Dispose();

    private Metadata AddToken(Metadata metadata)
    {
        if (_apiToken is not null)
            metadata.Add("dapr-api-token", _apiToken);
        return metadata;
    }
}
