namespace Platform.MailCatcher.Web;

/// <summary>The inbox for people: three embedded files over the API.</summary>
internal static class InboxPage
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'";

    public static void MapInboxPage(this WebApplication app)
    {
        app.Map("/", "inbox.html", "text/html; charset=utf-8");
        app.Map("/inbox.css", "inbox.css", "text/css; charset=utf-8");
        app.Map("/inbox.js", "inbox.js", "text/javascript; charset=utf-8");
        app.Map("/icon.svg", "icon.svg", "image/svg+xml");
    }

    private static void Map(this WebApplication app, string path, string resource, string contentType)
    {
        using var stream = typeof(InboxPage).Assembly.GetManifestResourceStream(resource)!;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        app.MapGet(path, (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = Policy;
            context.Response.Headers.CacheControl = "no-cache";
            return TypedResults.Bytes(content, contentType);
        });
    }
}
