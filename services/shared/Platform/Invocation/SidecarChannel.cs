using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Configuration;
using SidecarClient = Dapr.Client.Autogen.Grpc.v1.Dapr.DaprClient;

namespace Platform.Invocation;

/// <summary>The one channel to the sidecar, see <see cref="SidecarAddress"/>.</summary>
public sealed class SidecarChannel : IDisposable
{
    // What a company's fields come to is more than gRPC's 4 MiB where it has many: nobody could write its records any more. Answers are
    // those of services of the platform, and no stranger's.
    private const int MaxAnswer = 64 * 1024 * 1024;

    private readonly GrpcChannel _channel;
    private readonly string? _apiToken;

    /// <summary>Opens nothing yet: the first call connects.</summary>
    public SidecarChannel(IConfiguration configuration)
    {
        var address = SidecarAddress.From(configuration);
        _apiToken = address.ApiToken;
        _channel = GrpcChannel.ForAddress(address.Grpc, new GrpcChannelOptions
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
            MaxReceiveMessageSize = MaxAnswer,
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
