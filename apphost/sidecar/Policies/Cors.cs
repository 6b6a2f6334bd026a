using Microsoft.Net.Http.Headers;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Policies;

/// <summary>Lets browsers call from the origins of <c>--allowed-origins</c>; answers their preflights before a token is asked for.</summary>
internal sealed class Cors(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var port = context.ApiPort();
        var origin = context.Request.Headers.Origin.ToString();
        if (port.IsGrpc || origin.Length == 0 || !Allows(port.App.Options.AllowedOrigins, origin))
            return next(context);
        var headers = context.Response.Headers;
        headers[HeaderNames.AccessControlAllowOrigin] = port.App.Options.AllowedOrigins == "*" ? "*" : origin;
        headers.Vary = HeaderNames.Origin;
        var request = context.Request.Headers;
        if (!HttpMethods.IsOptions(context.Request.Method) || !request.TryGetValue(HeaderNames.AccessControlRequestMethod, out var method))
            return next(context);
        headers[HeaderNames.AccessControlAllowMethods] = method;
        if (request.TryGetValue(HeaderNames.AccessControlRequestHeaders, out var asked))
            headers[HeaderNames.AccessControlAllowHeaders] = asked;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static bool Allows(string origins, string origin) =>
        origins == "*" || origins.Split(',', StringSplitOptions.TrimEntries).Contains(origin, StringComparer.OrdinalIgnoreCase);
}
