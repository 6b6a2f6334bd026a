using Platform.Gateway.Sessions;
using Platform.Gateway.Sessions.Requests;

namespace Platform.Gateway.Web;

/// <summary>The web application below <c>/app</c>: who is not signed in is led to the sign-in, and back to the page that was meant.</summary>
internal static class WebEndpoints
{
    /// <summary>Where it is.</summary>
    public const string Path = "/app";

    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static void MapWeb(this IEndpointRouteBuilder endpoints, IConfiguration configuration)
    {
        var files = new WebFiles(configuration);
        if (!files.Exist || !configuration.HasSessions())
            return;
        endpoints.MapMethods($"{Path}/assets/{{name}}", Reading, (HttpContext context, string name) => files.WriteFileAsync(context, "assets", name, forGood: true))
            .DisableRateLimiting();
        endpoints.MapMethods($"{Path}/first-paint.js", Reading, (HttpContext context) => files.WriteFileAsync(context, "", "first-paint.js", forGood: false))
            .DisableRateLimiting();
        endpoints.MapMethods($"{Path}/{{**page}}", Reading, (HttpContext context) => WriteAsync(context, files))
            .WithMetadata(new UsesSession(Guarded: false));
    }

    private static Task WriteAsync(HttpContext context, WebFiles files)
    {
        if (CurrentSession.Of(context) is { Session: not null })
            return files.WritePageAsync(context);
        var address = $"{context.Request.Path}{context.Request.QueryString}";
        context.Response.Redirect($"/bff/login?returnUrl={Uri.EscapeDataString(address)}");
        return Task.CompletedTask;
    }
}
