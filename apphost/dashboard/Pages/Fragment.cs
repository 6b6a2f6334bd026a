using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Platform.Dashboard.Pages;

/// <summary>A piece of a page, for the script of a page that stands already.</summary>
/// <param name="Content">The piece.</param>
/// <param name="Last">Where the next piece goes on from.</param>
internal sealed record Fragment(Html Content, long Last) : IResult
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "text/html; charset=utf-8";
        httpContext.Response.Headers.CacheControl = "no-store";
        httpContext.Response.Headers["X-Last"] = Last.ToString(CultureInfo.InvariantCulture);
        return httpContext.Response.WriteAsync(Content.Value, Encoding.UTF8, httpContext.RequestAborted);
    }
}
