using System.Net;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Observability;

namespace Platform.Sidecar.Apps;

/// <summary>The way from a sidecar to its app: pooled connections in the app's protocol, its token, its concurrency limit.</summary>
internal sealed class AppChannel : IDisposable
{
    public const string TokenHeader = "dapr-api-token";

    private readonly SemaphoreSlim? _limit;
    private readonly HttpMessageHandler _handler;
    private readonly Lazy<GrpcChannel> _grpc;

    public AppChannel(AppOptions options, HttpMessageHandler handler)
    {
        _handler = handler;
        Address = new UriBuilder(Uri.UriSchemeHttp, options.ChannelAddress, options.AppPort!.Value).Uri;
        Origin = Address.GetLeftPart(UriPartial.Authority);
        Host = options.ChannelAddress;
        Port = options.AppPort.Value;
        Protocol = options.AppProtocol;
        Token = options.Variable("APP_API_TOKEN") is { Length: > 0 } token ? token : null;
        Client = new HttpMessageInvoker(new AppTraffic(handler, () => Metrics), disposeHandler: false);
        _limit = options.MaxConcurrency > 0 ? new SemaphoreSlim(options.MaxConcurrency) : null;
        _grpc = new Lazy<GrpcChannel>(() => GrpcChannel.ForAddress(Address, new GrpcChannelOptions
        {
            HttpHandler = _handler,
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,
        }));
    }

    public Uri Address { get; }

    /// <summary>The address without the slash at its end.</summary>
    public string Origin { get; }

    public string Host { get; }
    public int Port { get; }
    public AppProtocol Protocol { get; }

    /// <summary>What the app expects in the header <c>dapr-api-token</c>; null when it expects nothing.</summary>
    public string? Token { get; }

    public HttpMessageInvoker Client { get; }

    /// <summary>Calls to a gRPC app.</summary>
    public CallInvoker Grpc => Metrics is { IsRead: true } metrics
        ? _grpc.Value.CreateCallInvoker().Intercept(new AppCalls(metrics))
        : _grpc.Value.CreateCallInvoker();

    /// <summary>Where the calls are counted; set when the app is loaded.</summary>
    public AppMetrics? Metrics { get; set; }

    public Version HttpVersion => Protocol == AppProtocol.Http ? System.Net.HttpVersion.Version11 : System.Net.HttpVersion.Version20;

    /// <summary>Whether the app listens and, where it is asked, says that it is well.</summary>
    public bool IsUp { get; set; }

    /// <summary>Waits for a free place among the calls that the app takes at one time.</summary>
    public async ValueTask<Slot> Enter(CancellationToken cancellationToken)
    {
        if (_limit is not null)
            await _limit.WaitAsync(cancellationToken);
        return new Slot(_limit);
    }

    public HttpRequestMessage Request(HttpMethod method, string path)
    {
        var request = new HttpRequestMessage(method, new Uri(Address, path))
        {
            Version = HttpVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (Token is not null)
            request.Headers.TryAddWithoutValidation(TokenHeader, Token);
        return request;
    }

    public void Dispose()
    {
        if (_grpc.IsValueCreated)
            _grpc.Value.Dispose();
        Client.Dispose();
        _limit?.Dispose();
    }

    public static SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(60),
        // Trace headers pass through as they came; the sidecar is no span of its own.
        ActivityHeadersPropagator = null,
    };

    internal readonly struct Slot(SemaphoreSlim? limit) : IDisposable
    {
        public void Dispose() => limit?.Release();
    }
}
