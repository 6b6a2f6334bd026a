using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Keycloak.AuthServices.Authentication;
using Keycloak.AuthServices.Common;
using Microsoft.AspNetCore.Http.Features;

namespace Platform.Gateway.Pages;

/// <summary>A page with the house's style and without scripts. Its forms go to the gateway, which may send on to the identity server.</summary>
internal sealed class PageTemplate
{
    private readonly string _template;
    private readonly string _contentSecurityPolicy;

    public PageTemplate(string name, IConfiguration configuration, string styles = "landing.css")
    {
        var style = Read(styles);
        var identity = configuration.GetKeycloakOptions<KeycloakAuthenticationOptions>()?.AuthServerUrl is { } url
            ? new Uri(url).GetLeftPart(UriPartial.Authority)
            : "";
        _template = Read(name).Replace("{{style}}", style, StringComparison.Ordinal);
        _contentSecurityPolicy = $"default-src 'none'; style-src {HashOf(style)}; "
            + $"img-src 'self'; base-uri 'none'; form-action 'self' {identity}; frame-ancestors 'none'";
    }

    /// <summary>Encodes text for a page.</summary>
    public static string Encode(string? text) => HtmlEncoder.Default.Encode(text ?? "");

    /// <summary>An embedded file of the pages.</summary>
    public static string Read(string name)
    {
        using var stream = typeof(PageTemplate).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    /// <summary>Writes the page with these pieces of HTML in their places.</summary>
    public Task WriteAsync(HttpContext context, params ReadOnlySpan<(string Place, string Html)> pieces) => WriteAsync(context, theme: "", pieces);

    /// <summary>The same, in colours of its own: the rules of this style go into the place "theme", in an element that the policy allows.</summary>
    public Task WriteAsync(HttpContext context, string theme, params ReadOnlySpan<(string Place, string Html)> pieces)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = theme.Length == 0 ? _contentSecurityPolicy : _contentSecurityPolicy.Replace("style-src ", $"style-src {HashOf(theme)} ", StringComparison.Ordinal);
        // Without any referrer browsers say on a form that they do not know its origin.
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        // A page that holds a secret is not compressed: its length would tell something about it.
        if (context.Features.Get<IHttpsCompressionFeature>() is { } compression)
            compression.Mode = HttpsCompressionMode.DoNotCompress;
        return context.Response.WriteAsync(Fill(_template, pieces), context.RequestAborted);
    }

    private static string HashOf(string style) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'";

    // In one pass, so that no piece is looked into for places.
    private static string Fill(string template, ReadOnlySpan<(string Place, string Html)> pieces)
    {
        var page = new StringBuilder(template.Length + 1024);
        var rest = template.AsSpan();
        while (rest.IndexOf("{{") is var start and >= 0)
        {
            var place = rest[(start + 2)..][..rest[(start + 2)..].IndexOf("}}")];
            page.Append(rest[..start]);
            foreach (var piece in pieces)
            {
                if (place.SequenceEqual(piece.Place))
                    page.Append(piece.Html);
            }

            rest = rest[(start + place.Length + 4)..];
        }

        return page.Append(rest).ToString();
    }
}
