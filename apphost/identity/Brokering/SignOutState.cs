using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.WebUtilities;
using OpenIddict.Abstractions;
using Platform.Identity.Brokering.Saml;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;

namespace Platform.Identity.Brokering;

/// <summary>A browser that was signed out here and is on its way to be signed out at a provider.</summary>
/// <param name="RequestId">By which a provider of SAML names the request that it answers.</param>
/// <param name="ReturnTo">Where the application wants it afterwards; registered, as it was asked for with the sign-out.</param>
internal sealed record SignOutState(string Id, string Alias, string RequestId, string? ReturnTo, Language Language, DateTimeOffset ExpiresAt)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static SignOutState New(HttpContext http, string alias, OpenIddictRequest request, DateTimeOffset now) =>
        new(SamlSignOutMessages.NewId(), alias, SamlSignOutMessages.NewId(), ReturnAddress(request), Locale.Of(http, request), now + Lifetime);

    private static string? ReturnAddress(OpenIddictRequest request) =>
        request.PostLogoutRedirectUri is not { Length: > 0 } uri ? null : request.State is { } state ? QueryHelpers.AddQueryString(uri, "state", state) : uri;
}

/// <summary>Keeps it, sealed, in the browser itself until the provider answers.</summary>
internal sealed class SignOutCookie(IDataProtectionProvider provider, IdentityOptions options, RealmAddresses addresses, TimeProvider time)
{
    private readonly IDataProtector _protector = provider.CreateProtector("Platform.Identity.SignOutState");
    private readonly string _name = $"platform_signout_{options.PublicUrl.Port}";

    public void Write(HttpContext http, SignOutState state) => http.Response.Cookies.Append(_name, _protector.Protect(JsonSerializer.Serialize(state)), Settings(state.ExpiresAt));

    /// <summary>The sign-out that waits in this browser for the answer; it waits no longer. Another's is left alone.</summary>
    public SignOutState? Take(HttpContext http, string alias, string? id)
    {
        if (http.Request.Cookies[_name] is not { } cookie || Open(cookie) is not { } state) return null;
        if (state.Alias != alias || time.GetUtcNow() >= state.ExpiresAt || !CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(state.Id), Encoding.UTF8.GetBytes(id ?? ""))) return null;
        http.Response.Cookies.Delete(_name, Settings(null));
        return state;
    }

    private SignOutState? Open(string cookie)
    {
        try
        {
            return JsonSerializer.Deserialize<SignOutState>(_protector.Unprotect(cookie));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // The provider answers by a redirect or by a form, as it likes: the latter brings only what is None, which browsers want to be secure.
    private CookieOptions Settings(DateTimeOffset? expires) => new()
    {
        Path = addresses.Broker,
        HttpOnly = true,
        SameSite = options.IsHttps ? SameSiteMode.None : SameSiteMode.Lax,
        Secure = options.IsHttps,
        Expires = expires,
        IsEssential = true,
    };
}
