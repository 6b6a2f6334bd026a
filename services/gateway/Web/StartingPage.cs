using System.Globalization;
using Platform.Gateway.Pages;

namespace Platform.Gateway.Web;

/// <summary>For whoever comes before the server of the pages is up, as at the first start while it is built: it looks again by itself.</summary>
internal sealed class StartingPage(IConfiguration configuration)
{
    private const int Seconds = 3;
    private readonly PageTemplate _page = new("starting.html", configuration);

    public Task WriteAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = Seconds.ToString(CultureInfo.InvariantCulture);
        return _page.WriteAsync(context, ("seconds", Seconds.ToString(CultureInfo.InvariantCulture)));
    }
}
