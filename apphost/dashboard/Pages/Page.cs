using System.Text;
using Microsoft.AspNetCore.Http;

namespace Platform.Dashboard.Pages;

/// <summary>A page of the dashboard: what is on it, and the frame around it.</summary>
/// <param name="Place">The entry of the navigation that it belongs to.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Content">What is on it.</param>
internal sealed record Page(string Place, string Title, Html Content) : IResult
{
    private static readonly (string Path, string Name, string Icon)[] Places =
    [
        ("/", "Resources", "M4 5h16v5H4zM4 14h16v5H4zM7.5 7.5h.01M7.5 16.5h.01"),
        ("/graph", "Graph", "M6 4.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4M18 4.5a2 2 0 1 0 0 4 2 2 0 0 0 0-4M12 15.500a2 2 0 1 0 0 4 2 2 0 0 0 0-4M7.500 8.500l3.500 7M16.500 8.500l-3.500 7"),
        ("/console", "Console", "M4 5h16v14H4zM7.500 9.500l2.500 2.500-2.500 2.500M12.500 15h4"),
        ("/logs", "Structured logs", "M5 6h14M5 10.500h14M5 15h9M5 19h6"),
        ("/traces", "Traces", "M4 6h9M7 11h11M10 16h9"),
        ("/metrics", "Metrics", "M4 19h16M6 15l4-5 3.500 3L19 6"),
        ("/dapr", "Dapr", "M12 3.500l7.500 4.250v8.500L12 20.500l-7.500-4.250v-8.500zM12 12l7.500-4.250M12 12v8.500M12 12L4.500 7.750"),
        ("/workflows", "Workflows", "M4 5h6v5H4zM14 14h6v5h-6zM7 10v6.500h7"),
        ("/mail", "Mail", "M4 6h16v12H4zM4 7l8 6 8-6"),
    ];

    /// <summary>Name of the instance that is looked at.</summary>
    public string Instance { get; init; } = "";

    /// <summary>Controls at the right of the heading.</summary>
    public Html Tools { get; init; } = Html.Empty;

    /// <summary>Where the page above this one is; null at the top.</summary>
    public (string Path, string Name)? Above { get; init; }

    public int Status { get; init; } = StatusCodes.Status200OK;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        return response.WriteAsync(Markup().Value, Encoding.UTF8, httpContext.RequestAborted);
    }

    private Html Markup() => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>{Title} · {Instance}</title>
        <link rel="icon" href="{Assets.Url("mark.svg")}" type="image/svg+xml">
        <link rel="stylesheet" href="{Assets.Url("dashboard.css")}">
        <script src="{Assets.Url("dashboard.js")}"></script>
        </head>
        <body>
        <a class="skip" href="#main">To the content</a>
        <nav aria-label="Pages">
        <p class="logo"><img src="{Assets.Url("mark.svg")}" alt="" width="24" height="24">Platform <span class="instance">{Instance}</span></p>
        <ul>{Places.Select(Entry)}</ul>
        <button type="button" id="theme" class="quiet">Theme</button>
        </nav>
        <main id="main" tabindex="-1">
        <header>
        {Html.When(Above is not null, $"""<a class="above" href="{Above?.Path}">{Above?.Name}</a>""")}
        <h1>{Title}</h1>
        <div class="tools">{Tools}</div>
        </header>
        {Content}
        </main>
        <div id="notice" role="status" aria-live="polite"></div>
        </body>
        </html>
        """);

    private Html Entry((string Path, string Name, string Icon) place) => Html.Of(
        $"""<li><a href="{place.Path}"{new Html(place.Path == Place ? " aria-current=\"page\"" : "")}><svg viewBox="0 0 24 24" aria-hidden="true"><path d="{place.Icon}"/></svg>{place.Name}</a></li>""");
}
