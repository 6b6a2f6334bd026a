using System.Text;

namespace Platform.Identity.Pages;

/// <summary>A page for people, with the headers that keep it from being framed, cached or scripted.</summary>
/// <param name="FormTargets">Where its forms may end up, besides this server.</param>
internal sealed record Page(Language Language, string Title, Html Content)
{
    public string? LanguageLink { get; init; }

    public string FormTargets { get; init; } = "";

    /// <summary>Class of the body: <c>account</c> is wider and has its navigation.</summary>
    public string Layout { get; init; } = "";

    public int Status { get; init; } = StatusCodes.Status200OK;

    public IResult Render(Assets assets) => new Result(this, assets);

    private sealed class Result(Page page, Assets assets) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.StatusCode = page.Status;
            response.ContentType = "text/html; charset=utf-8";
            response.Headers.CacheControl = "no-store";
            response.Headers.ContentSecurityPolicy =
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; "
                + $"form-action 'self' {page.FormTargets}".TrimEnd();
            return response.WriteAsync(page.Markup(assets).Value, Encoding.UTF8, httpContext.RequestAborted);
        }
    }

    private Html Markup(Assets assets)
    {
        var texts = Texts.In(Language);
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="{texts.Language}">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="robots" content="noindex">
            <title>{Title} · Platform</title>
            <link rel="icon" href="{assets.Url("mark.svg")}" type="image/svg+xml">
            <link rel="stylesheet" href="{assets.Url("site.css")}">
            <script src="{assets.Url("site.js")}" defer></script>
            </head>
            <body class="{Layout}">
            <aside class="brand">
            <p class="logo"><img src="{assets.Url("mark.svg")}" alt="" width="36" height="36">Platform</p>
            <div class="pitch"><p class="tagline">{texts.Tagline}</p><p class="more">{texts.TaglineMore}</p></div>
            </aside>
            <main><div class="card">
            {Content}
            </div>
            {Html.When(LanguageLink is not null, $"""<footer><a href="{LanguageLink}" hreflang="{OtherCode}" lang="{OtherCode}">{texts.OtherLanguage}</a></footer>""")}
            </main>
            </body>
            </html>
            """);
    }

    private string OtherCode => Other(Language).Code();

    public static Language Other(Language language) => language == Language.English ? Language.Russian : Language.English;
}
