using System.Diagnostics;

namespace Platform.Gateway.Edge;

/// <summary>Headers of every answer: the id under which the request is found in traces and logs, and what browsers must not do.</summary>
internal sealed class ResponseHeadersMiddleware(RequestDelegate next)
{
    /// <summary>The trace id of the request's <c>traceparent</c>, or a new one where it brought none.</summary>
    public const string RequestId = "X-Request-Id";

    private const string NothingButData = "default-src 'none'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers[RequestId] = Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.TraceId.ToHexString() : context.TraceIdentifier;
        context.Response.OnStarting(static state => Secure((HttpContext)state), context);
        return next(context);
    }

    private static Task Secure(HttpContext context)
    {
        var headers = context.Response.Headers;
        if (context.Response.ContentType.AsSpan().StartsWith("application/grpc"))
            return Task.CompletedTask;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = NothingButData;
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
