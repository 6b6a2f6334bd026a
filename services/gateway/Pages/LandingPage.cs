using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Keycloak.AuthServices.Authentication;
using Keycloak.AuthServices.Common;
using Platform.Gateway.Routing;

namespace Platform.Gateway.Pages;

/// <summary>The page for people who open the gateway's address in a browser. Addresses come from <c>Links:Inbox</c> and the Keycloak settings.</summary>
internal sealed class LandingPage
{
    private readonly string _template;
    private readonly string _contentSecurityPolicy;
    private readonly byte[] _icon = Encoding.UTF8.GetBytes(Read("landing.svg"));

    public LandingPage(IConfiguration configuration)
    {
        var style = Read("landing.css");
        var realm = configuration.GetKeycloakOptions<KeycloakAuthenticationOptions>()?.KeycloakUrlRealm ?? "";
        _template = Read("landing.html")
            .Replace("{{style}}", style, StringComparison.Ordinal)
            .Replace("{{inbox}}", Encode(configuration["Links:Inbox"] ?? "http://localhost:8025/"), StringComparison.Ordinal)
            .Replace("{{realm}}", Encode(realm), StringComparison.Ordinal)
            .Replace("{{domains}}", string.Concat(Domains.All.Select(domain => $"<li><code>/api/v1/{domain}/</code></li>")), StringComparison.Ordinal);
        _contentSecurityPolicy = $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    }

    public Task WriteAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = _contentSecurityPolicy;
        var address = $"{context.Request.Scheme}://{context.Request.Host}";
        return context.Response.WriteAsync(_template.Replace("{{gateway}}", Encode(address), StringComparison.Ordinal), context.RequestAborted);
    }

    public Task WriteIconAsync(HttpContext context)
    {
        context.Response.ContentType = "image/svg+xml";
        context.Response.Headers.CacheControl = "public, max-age=86400";
        return context.Response.Body.WriteAsync(_icon, context.RequestAborted).AsTask();
    }

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);

    private static string Read(string name)
    {
        using var stream = typeof(LandingPage).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
