using System.Net;
using Microsoft.Extensions.Options;

namespace Platform.Gateway.Sessions;

/// <summary>
/// The browser's half of a session. Over TLS its name begins with <c>__Host-</c>, which browsers accept from this very host
/// only and over TLS only. Plain HTTP is for a developer's machine: there not every browser takes such a cookie, and since
/// browsers keep cookies by host and not by port, the name tells the port, so that two stacks do not sign each other out.
/// </summary>
internal sealed class SessionCookie(IOptions<SessionOptions> options)
{
    private const string Name = "platform-session";
    private readonly Uri? _publicUrl = options.Value.PublicUrl;

    /// <summary>Scheme, host and port under which the browser sees the gateway.</summary>
    public string OriginOf(HttpRequest request) => _publicUrl?.GetLeftPart(UriPartial.Authority) ?? $"{request.Scheme}://{request.Host}";

    /// <summary>Whether a session may begin here: over TLS, or on a developer's own machine.</summary>
    public bool IsAllowed(HttpRequest request) =>
        IsSecure(request) || request.Host.Host == "localhost"
        || (IPAddress.TryParse(request.Host.Host, out var address) && IPAddress.IsLoopback(address));

    public bool TryRead(HttpRequest request, out SessionId id) => SessionId.TryParse(request.Cookies[NameFor(request)], out id);

    public void Write(HttpContext context, SessionId id) =>
        context.Response.Cookies.Append(NameFor(context.Request), id.CookieValue, Attributes(context.Request));

    public void Delete(HttpContext context) => context.Response.Cookies.Delete(NameFor(context.Request), Attributes(context.Request));

    private bool IsSecure(HttpRequest request) => OriginOf(request).StartsWith("https:", StringComparison.Ordinal);

    private string NameFor(HttpRequest request) => IsSecure(request) ? $"__Host-{Name}" : $"{Name}-{request.Host.Port ?? 80}";

    // Without an age it goes with the browser's own session; how long it is worth something the server decides.
    private CookieOptions Attributes(HttpRequest request) =>
        new() { HttpOnly = true, IsEssential = true, Path = "/", SameSite = SameSiteMode.Lax, Secure = IsSecure(request) };
}
