using System.Text;
using Keycloak.AuthServices.Authentication;
using Keycloak.AuthServices.Common;
using Platform.Gateway.Routing;
using Platform.Gateway.Sessions;
using Platform.Gateway.Sessions.Requests;
using Platform.Gateway.Web;

namespace Platform.Gateway.Pages;

/// <summary>The page for people who open the gateway's address in a browser. Addresses come from <c>Links:Inbox</c> and the Keycloak settings.</summary>
internal sealed class LandingPage(IConfiguration configuration)
{
    private readonly PageTemplate _page = new("landing.html", configuration);
    private readonly byte[] _icon = Encoding.UTF8.GetBytes(PageTemplate.Read("landing.svg"));
    private readonly string _inbox = PageTemplate.Encode(configuration["Links:Inbox"] ?? "http://localhost:8025/");
    private readonly string _realm = PageTemplate.Encode(configuration.GetKeycloakOptions<KeycloakAuthenticationOptions>()?.KeycloakUrlRealm);
    private readonly string _domains = string.Concat(Domains.All.Select(domain => $"<li><code>/api/v1/{domain}/</code></li>"));
    private readonly bool _hasSessions = configuration.HasSessions();
    private readonly string _app = configuration.HasWeb()
        ? $"""<a class="button" href="{WebSetup.Path}">Open the application</a>"""
        : "";

    public Task WriteAsync(HttpContext context) => _page.WriteAsync(
        context,
        ("account", _hasSessions ? AccountBar.Of(CurrentSession.Of(context)) : ""),
        ("app", _app),
        ("inbox", _inbox),
        ("realm", _realm),
        ("domains", _domains),
        ("gateway", PageTemplate.Encode($"{context.Request.Scheme}://{context.Request.Host}")));

    public Task WriteIconAsync(HttpContext context)
    {
        context.Response.ContentType = "image/svg+xml";
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return context.Response.Body.WriteAsync(_icon, context.RequestAborted).AsTask();
    }
}
