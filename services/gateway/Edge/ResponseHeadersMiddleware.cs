using System.Diagnostics;
using Microsoft.Extensions.Options;
using Platform.Errors;
using SessionOptions = Platform.Gateway.Sessions.SessionOptions;

namespace Platform.Gateway.Edge;

/// <summary>
/// Headers of every answer: the id under which the request is found in traces and logs, and what browsers must not do. Where browsers know
/// the gateway under an address of https, they are not to come by another way.
/// </summary>
internal sealed class ResponseHeadersMiddleware(RequestDelegate next, IOptions<SessionOptions> sessions)
{
    /// <summary>The trace id of the request's <c>traceparent</c>, or a new one where it brought none.</summary>
    public const string RequestId = "X-Request-Id";

    private const string NothingButData = "default-src 'none'; frame-ancestors 'none'";
    private const string OnlyByTls = "max-age=31536000; includeSubDomains";

    private readonly bool _isPublicByTls = sessions.Value.PublicUrl?.Scheme == Uri.UriSchemeHttps;

    public Task InvokeAsync(HttpContext context)
    {
        var id = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : context.TraceIdentifier;
        // At the last moment: what refuses a request in the middle of its body clears the headers that are there.
        context.Response.OnStarting(() => Secure(context, id));
        return next(context);
    }

    private Task Secure(HttpContext context, string id)
    {
        var headers = context.Response.Headers;
        headers[RequestId] = id;
        if (Problems.IsGrpc(context.Response.ContentType))
            return Task.CompletedTask;
        if (_isPublicByTls)
            headers.StrictTransportSecurity = OnlyByTls;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers.TryAdd("Referrer-Policy", "no-referrer");
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = NothingButData;
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
