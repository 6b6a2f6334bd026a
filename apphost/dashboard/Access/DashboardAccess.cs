using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Platform.Dashboard.Access;

/// <summary>
/// Who may see the dashboard: whoever has opened its address with the token once, which a cookie remembers. The listener is on
/// loopback already; names that others let point there, and forms of other sites, are refused beside that.
/// </summary>
/// <param name="token">The token of the instance.</param>
/// <param name="port">The dashboard's port: cookies do not tell ports apart, so each has one of its own.</param>
internal sealed class DashboardAccess(string token, int port)
{
    private const string Entry = "/login";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);

    private readonly string _cookie = $"platform-dashboard-{port}";

    /// <summary>The page that takes the token.</summary>
    public string EntryPath => $"{Entry}?t={token}";

    public bool HasCookie(HttpRequest request) => request.Cookies.TryGetValue(_cookie, out var given) && Same(given, token) && !IsForeign(request);

    /// <summary>Whether the request is for this machine by name; another name was made up to get here.</summary>
    public static bool IsLoopback(HttpRequest request)
    {
        var host = request.Host.Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
    }

    /// <summary>Takes the token from the address and out of it.</summary>
    /// <returns>Whether the request was for that.</returns>
    public bool Enter(HttpContext context)
    {
        if (context.Request.Path != Entry)
            return false;
        if (!Same(context.Request.Query["t"].ToString(), token))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return true;
        }

        context.Response.Cookies.Append(_cookie, token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = Lifetime });
        context.Response.Redirect("/");
        return true;
    }

    public static bool Same(string given, string wanted) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(wanted));

    private static bool IsForeign(HttpRequest request) => request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site" && !HttpMethods.IsGet(request.Method);
}
