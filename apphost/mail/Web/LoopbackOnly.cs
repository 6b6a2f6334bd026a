using System.Net;

namespace Platform.MailCatcher.Web;

/// <summary>
/// The listener is on loopback already; this refuses pages of other sites that were given a name resolving to it (DNS rebinding), and
/// requests that another site's page sends.
/// </summary>
internal static class LoopbackOnly
{
    public static void UseLoopbackOnly(this WebApplication app) => app.Use(static (context, next) =>
    {
        context.Response.Headers.XContentTypeOptions = "nosniff";
        if (IsLoopback(context.Request.Host.Host) && !IsForeign(context.Request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    private static bool IsLoopback(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    private static bool IsForeign(HttpRequest request) => request.Headers["Sec-Fetch-Site"] == "cross-site" && !HttpMethods.IsGet(request.Method);
}
