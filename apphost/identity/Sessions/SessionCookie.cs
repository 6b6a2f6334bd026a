using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Platform.Identity.Hosting;
using Platform.Identity.Realms;

namespace Platform.Identity.Sessions;

/// <summary>The browser's half of a session: a cookie that names it.</summary>
internal static class SessionCookie
{
    public const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    private const string SessionId = "sid";

    public static void Configure(CookieAuthenticationOptions cookie, IdentityOptions options, RealmAddresses addresses, Realm realm)
    {
        // Browsers keep cookies by host and not by port: two instances on one machine must not sign each other out.
        cookie.Cookie.Name = $"platform_session_{options.PublicUrl.Port}";
        cookie.Cookie.Path = $"{addresses.Base}/";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = options.IsHttps ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = TimeSpan.FromSeconds(realm.Settings.SsoSessionMaxLifespan);
        cookie.SlidingExpiration = false;
    }

    public static Task SignInAsync(HttpContext http, UserSession session) => http.SignInAsync(
        Scheme, new ClaimsPrincipal(new ClaimsIdentity([new Claim(SessionId, session.Id.ToString())], Scheme)));

    public static async Task<(UserSession Session, RealmUser User)?> ReadAsync(HttpContext http, SessionStore sessions)
    {
        var cookie = await http.AuthenticateAsync(Scheme);
        return cookie.Succeeded
            ? await sessions.FindAsync(cookie.Principal.FindFirstValue(SessionId), http.RequestAborted)
            : null;
    }
}
