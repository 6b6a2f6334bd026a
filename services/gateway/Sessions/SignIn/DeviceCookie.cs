using System.Buffers.Text;
using System.Security.Cryptography;

namespace Platform.Gateway.Sessions.SignIn;

/// <summary>
/// By what a browser is known again long after its sessions have ended. It opens nothing: whoever has it is merely not taken for
/// a new device.
/// </summary>
internal sealed class DeviceCookie(SessionCookie sessions)
{
    private const string Name = "platform-device";
    private const int Bytes = 32;

    // The longest that browsers allow.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(400);

    /// <summary>The browser's key; a new one where it has none. Its time begins anew.</summary>
    public string Renew(HttpContext context)
    {
        var isSecure = sessions.OriginOf(context.Request).StartsWith("https:", StringComparison.Ordinal);
        var name = isSecure ? $"__Host-{Name}" : $"{Name}-{context.Request.Host.Port ?? 80}";
        var key = context.Request.Cookies[name] is { } known && IsKey(known) ? known : Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));
        context.Response.Cookies.Append(name, key, new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            Path = "/",
            SameSite = SameSiteMode.Lax,
            Secure = isSecure,
            MaxAge = Lifetime,
        });
        return key;
    }

    private static bool IsKey(string text) => text.Length <= 64 && Base64Url.IsValid(text, out var length) && length == Bytes;
}
