using System.Net;
using Platform.Gateway.Forwarding;
using Yarp.ReverseProxy.Forwarder;

namespace Platform.Gateway.Web;

/// <summary>Sends requests for pages on to the server that makes them, and streams what it makes.</summary>
internal sealed partial class WebForwarder(Uri address, IHttpForwarder forwarder, StartingPage starting, ILogger<WebForwarder> logger) : IDisposable
{
    private static readonly ForwarderRequestConfig Request = new()
    {
        Version = HttpVersion.Version11,
        VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        ActivityTimeout = TimeSpan.FromSeconds(60),
        AllowResponseBuffering = false,
    };

    private readonly WebTransformer _transformer = new();
    private readonly string _destination = address.GetLeftPart(UriPartial.Authority);

    private readonly HttpMessageInvoker _client = new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(5),
    });

    public async Task ForwardAsync(HttpContext context)
    {
        var error = await forwarder.SendAsync(context, _destination, _client, Request, _transformer);
        if (error == ForwarderError.None || context.Response.HasStarted || context.RequestAborted.IsCancellationRequested)
            return;
        LogFailed(logger, error, context.GetForwarderErrorFeature()?.Exception?.GetBaseException().Message);
        context.Response.Clear();
        if (context.Request.Headers["Sec-Fetch-Dest"] == "document")
            await starting.WriteAsync(context);
        else
            await Failures.RespondAsync(context, error == ForwarderError.RequestTimedOut ? Failures.TimedOut : Failures.Unavailable);
    }

    public void Dispose() => _client.Dispose();

    [LoggerMessage(Level = LogLevel.Warning, Message = "The server of the pages did not answer ({Error}: {Reason})")]
    private static partial void LogFailed(ILogger logger, ForwarderError error, string? reason);
}
