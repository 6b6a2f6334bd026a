using Platform.Gateway.Routing;
using Platform.Gateway.Sessions.Requests;

namespace Platform.Gateway.Pages;

/// <summary>What the gateway answers by itself.</summary>
internal static class PageEndpoints
{
    public static void MapPages(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/", (HttpContext context, LandingPage page) => page.WriteAsync(context)).WithMetadata(new UsesSession(Guarded: false));
        endpoints.MapGet("/favicon.svg", (HttpContext context, LandingPage page) => page.WriteIconAsync(context)).DisableRateLimiting();
        endpoints.MapGet("/api/v1", () => new { domains = Domains.All.Select(domain => new { name = domain, rest = $"/api/v1/{domain}/", grpc = $"platform.{domain}.v1" }) });
    }
}
