using Platform.Gateway.Routing;
using Platform.Gateway.Sessions;
using Platform.Gateway.Sessions.Requests;

namespace Platform.Gateway.Web;

/// <summary>
/// The web application below <c>/app</c>, made by a server of its own at <c>Web:Address</c>. Who is not signed in is led to the
/// sign-in, and back to the page that was meant; without an address, or where nobody can sign in, there is none of it.
/// </summary>
internal static class WebSetup
{
    /// <summary>Where it is.</summary>
    public const string Path = "/app";

    private const string Setting = "Web:Address";
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    public static bool HasWeb(this IConfiguration configuration) => AddressOf(configuration) is not null && configuration.HasSessions();

    public static void AddWeb(this IServiceCollection services, IConfiguration configuration)
    {
        if (!configuration.HasWeb())
            return;
        services.AddSingleton<StartingPage>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<WebForwarder>(provider, AddressOf(configuration)!));
    }

    public static void MapWeb(this IEndpointRouteBuilder endpoints)
    {
        if (endpoints.ServiceProvider.GetService<WebForwarder>() is not { } web)
            return;
        // Scripts, styles and fonts, with their contents' hash in their names: the same for everybody.
        endpoints.MapMethods($"{Path}/_next/static/{{**file}}", Reading, web.ForwardAsync).DisableRateLimiting();
        endpoints.MapMethods($"{Path}/{{**page}}", Reading, context => WriteAsync(context, web)).WithMetadata(new UsesSession(Guarded: false));
    }

    private static Task WriteAsync(HttpContext context, WebForwarder web)
    {
        if (CurrentSession.Of(context) is { Session: not null })
            return web.ForwardAsync(context);
        // A part of a page that is open: it asks for the page itself then, as a browser does that has followed a link.
        if (context.Request.Headers["Sec-Fetch-Dest"] == "empty")
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else
            context.Response.Redirect($"/bff/login?returnUrl={Uri.EscapeDataString(RawTarget.Of(context))}");
        return Task.CompletedTask;
    }

    private static Uri? AddressOf(IConfiguration configuration) => configuration[Setting] is { Length: > 0 } address ? new Uri(address) : null;
}
