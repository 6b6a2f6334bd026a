using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Text.Unicode;
using Microsoft.Extensions.Options;
using Platform.CustomFields.V1;
using Platform.Gateway.Pages;

namespace Platform.Gateway.Sites;

/// <summary>Writes public pages: in the company's colours, without scripts, so that browsers and others may keep them for a minute and ask whether they have changed.</summary>
internal sealed partial class SitePage(IOptions<Sessions.SessionOptions> sessions)
{
    private const string Cached = "public, max-age=60, stale-while-revalidate=300";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
    private static readonly string Styles = PageTemplate.Read("site.css");
    private static readonly ThemeColors Light = new() { Background = "#f6f7fb", Surface = "#ffffff", Text = "#14152b", MutedText = "#5a5d78", Primary = "#4f46e5", OnPrimary = "#ffffff", Link = "#4338ca", Danger = "#b42318", Outline = "#8083a0" };
    private static readonly ThemeColors Dark = new() { Background = "#0f1022", Surface = "#181a31", Text = "#edeefb", MutedText = "#a4a8c8", Primary = "#9b94ff", OnPrimary = "#14152b", Link = "#b3aeff", Danger = "#fda29b", Outline = "#70759c" };

    /// <summary>Encodes text for a page.</summary>
    public static string Encode(string? text) => Encoder.Encode(text ?? "");

    /// <summary>Where the platform is seen from outside.</summary>
    public string BaseOf(HttpContext context) => sessions.Value.PublicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{context.Request.Scheme}://{context.Request.Host}";

    /// <summary>Writes a page with this content.</summary>
    public Task WriteAsync(HttpContext context, Site site, SiteHead head, string content, bool cached = true)
    {
        var style = $"{ThemeOf(site)}\n{Styles}";
        context.Response.ContentType = "text/html; charset=utf-8";
        // No script runs; those who look at the page from within the browser, as Lighthouse does for robots.txt, may ask this host.
        context.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        context.Response.Headers["Referrer-Policy"] = "same-origin";
        return SendAsync(context, PageOf(context, site, head, style, content), cached);
    }

    /// <summary>Why there is nothing to show: the same for everybody who guesses.</summary>
    public Task WriteNoneAsync(HttpContext context, int status)
    {
        var words = SiteWords.Current;
        var isGone = status != StatusCodes.Status503ServiceUnavailable;
        context.Response.StatusCode = isGone ? StatusCodes.Status404NotFound : status;
        if (!isGone)
            context.Response.Headers.RetryAfter = "10";
        return isGone ? WriteBlankAsync(context, words.UnknownTitle, words.Unknown) : WriteBlankAsync(context, words.UnavailableTitle, words.Unavailable);
    }

    /// <summary>Whoever asks too often is to wait; nothing is asked of any service for that.</summary>
    public Task WriteBusyAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return WriteBlankAsync(context, SiteWords.Current.UnavailableTitle, SiteWords.Current.Busy);
    }

    /// <summary>Sends a text that may be kept; 304 to whoever has it.</summary>
    public static async Task SendAsync(HttpContext context, string text, bool cached)
    {
        context.Response.Headers.Vary = "Accept-Language";
        if (cached && context.Response.StatusCode == StatusCodes.Status200OK)
        {
            // Weak: how it is compressed is another thing.
            var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16))}\"";
            context.Response.Headers.CacheControl = Cached;
            context.Response.Headers.ETag = tag;
            if (context.Request.Headers.IfNoneMatch.ToString().Split(',').Any(known => known.Trim() == tag))
            {
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return;
            }
        }

        await context.Response.WriteAsync(text, context.RequestAborted);
    }

    private Task WriteBlankAsync(HttpContext context, string title, string message) => WriteAsync(
        context, new Site(), new SiteHead(title, "", "") { Indexed = false }, $"<div class=\"blank\"><h1>{Encode(title)}</h1><p>{Encode(message)}</p></div>", cached: false);

    private string PageOf(HttpContext context, Site site, SiteHead head, string style, string content)
    {
        var (words, address) = (SiteWords.Current, BaseOf(context) + head.Path);
        var title = site.Title.Length == 0 || head.Title == site.Title ? head.Title : $"{head.Title} · {site.Title}";
        var page = new StringBuilder($"""
            <!doctype html>
            <html lang="{words.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Encode(title)}</title>

            """);
        if (!head.Indexed)
            page.AppendLine("<meta name=\"robots\" content=\"noindex\">");
        if (head.Description.Length > 0)
            page.AppendLine(CultureInfo.InvariantCulture, $"<meta name=\"description\" content=\"{Encode(head.Description)}\">");
        if (head.Path.Length > 0)
            page.Append(GraphOf(head, site, address, BaseOf(context)));
        if (head.Map.Length > 0)
            page.AppendLine(CultureInfo.InvariantCulture, $"<link rel=\"sitemap\" type=\"application/xml\" href=\"{Encode(head.Map)}\">");
        page.AppendLine("<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">");
        page.Append("<style>").Append(style).AppendLine("</style>");
        // What is in it is data, and with "<" escaped.
        if (head.Data is not null)
            page.Append("<script type=\"application/ld+json\">").Append(JsonSerializer.Serialize(head.Data)).AppendLine("</script>");
        return page.Append(CultureInfo.InvariantCulture, $"""
            </head>
            <body>
            <a class="skip" href="#content">{Encode(words.Skip)}</a>
            {TopOf(site, head)}
            <main id="content">
            {content}
            </main>
            </body>
            </html>

            """).ToString();
    }

    private static string GraphOf(SiteHead head, Site site, string address, string origin)
    {
        var graph = new StringBuilder();
        graph.AppendLine(CultureInfo.InvariantCulture, $"<link rel=\"canonical\" href=\"{Encode(address)}\">");
        foreach (var (name, value) in ((string, string)[])[("title", head.Title), ("description", head.Description), ("type", head.Kind), ("url", address), ("site_name", site.Title), ("image", site.HasLogo && head.Logo.Length > 0 ? origin + head.Logo : "")])
        {
            if (value.Length > 0)
                graph.AppendLine(CultureInfo.InvariantCulture, $"<meta property=\"og:{name}\" content=\"{Encode(value)}\">");
        }

        return graph.ToString();
    }

    private static string TopOf(Site site, SiteHead head)
    {
        if (site.Title.Length == 0)
            return "";
        // A box of its own, so that nothing moves when the picture comes.
        var name = site.HasLogo && head.Logo.Length > 0 ? $"<img src=\"{Encode(head.Logo)}\" alt=\"{Encode(site.Title)}\" width=\"160\" height=\"40\">" : Encode(site.Title);
        return $"<header class=\"top\"><div>{(head.Home.Length > 0 ? $"<a class=\"site\" href=\"{Encode(head.Home)}\">{name}</a>" : $"<span class=\"site\">{name}</span>")}</div></header>";
    }

    /// <summary>Its colours as a style: the platform's own where it has none.</summary>
    public static string ThemeOf(Site site)
    {
        var (light, dark) = (site.Light ?? Light, site.Dark ?? Dark);
        return $":root{{{string.Concat(Colours(light, dark).Select(colour => $"--{colour.Name}:light-dark({colour.Light},{colour.Dark});"))}--radius:{Math.Clamp(site.Title.Length == 0 ? 8 : site.Radius, 0, 24)}px}}";
    }

    private static IEnumerable<(string Name, string Light, string Dark)> Colours(ThemeColors light, ThemeColors dark) =>
    [
        ("ground", Or(light.Background, Light.Background), Or(dark.Background, Dark.Background)),
        ("paper", Or(light.Surface, Light.Surface), Or(dark.Surface, Dark.Surface)),
        ("ink", Or(light.Text, Light.Text), Or(dark.Text, Dark.Text)),
        ("soft", Or(light.MutedText, Light.MutedText), Or(dark.MutedText, Dark.MutedText)),
        ("primary", Or(light.Primary, Light.Primary), Or(dark.Primary, Dark.Primary)),
        ("on-primary", Or(light.OnPrimary, Light.OnPrimary), Or(dark.OnPrimary, Dark.OnPrimary)),
        ("link", Or(light.Link, Light.Link), Or(dark.Link, Dark.Link)),
        ("danger", Or(light.Danger, Light.Danger), Or(dark.Danger, Dark.Danger)),
        ("outline", Or(light.Outline, Light.Outline), Or(dark.Outline, Dark.Outline)),
    ];

    // Into a style goes a colour and nothing else.
    private static string Or(string colour, string otherwise) => Colour().IsMatch(colour) ? colour : otherwise;

    [GeneratedRegex("^#[0-9a-fA-F]{6}$")]
    private static partial Regex Colour();
}
