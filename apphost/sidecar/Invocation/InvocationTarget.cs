using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Invocation;

/// <summary>Which app a request is for and what is asked of it; path and query keep the caller's escaping.</summary>
internal sealed record InvocationTarget(string AppId, string PathAndQuery)
{
    public const string AppIdHeader = "dapr-app-id";
    public const string CalleeHeader = "dapr-callee-app-id";
    private const string Prefix = "/v1.0/invoke/";
    private const string Method = "/method/";
    private const string ApiPrefix = "/v1.0";

    /// <summary>Null when the request names no app.</summary>
    public static InvocationTarget? Of(HttpContext context, string rawTarget)
    {
        if (rawTarget.StartsWith(Prefix, StringComparison.Ordinal))
            return FromPath(rawTarget);
        return rawTarget.StartsWith(ApiPrefix, StringComparison.Ordinal) ? null
            : AppIdOf(context) is { } appId ? new InvocationTarget(appId, rawTarget)
            : null;
    }

    public static string? AppIdOf(HttpContext context) =>
        context.Request.Headers.TryGetValue(AppIdHeader, out var id) && id.Count > 0 && id[0] is { Length: > 0 } appId ? appId
        : context.Request.Headers.TryGetValue(CalleeHeader, out var callee) && callee.Count > 0 && callee[0] is { Length: > 0 } calleeId ? calleeId
        : BasicUser(context);

    private static InvocationTarget? FromPath(string rawTarget)
    {
        var method = rawTarget.IndexOf(Method, Prefix.Length, StringComparison.Ordinal);
        return method <= Prefix.Length ? null
            : new InvocationTarget(Uri.UnescapeDataString(rawTarget[Prefix.Length..method]), rawTarget[(method + Method.Length - 1)..]);
    }

    // http://dapr-app-id:<id>@localhost:3500/path, for clients that can set nothing but a URL.
    private static string? BasicUser(HttpContext context)
    {
        const string Scheme = "Basic ";
        var authorization = context.Request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
            return null;
        Span<byte> decoded = stackalloc byte[512];
        if (!Convert.TryFromBase64String(authorization[Scheme.Length..], decoded, out var length))
            return null;
        var credentials = System.Text.Encoding.UTF8.GetString(decoded[..length]);
        return credentials.StartsWith(AppIdHeader + ":", StringComparison.Ordinal) ? credentials[(AppIdHeader.Length + 1)..] : null;
    }
}

/// <summary>A call on its way, for the transformer that writes the request to the app.</summary>
internal sealed record Invocation(string Caller, string CallerNamespace, SidecarApp Callee, InvocationTarget Target);
