using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.IdentityModel.Tokens;
using Platform.Identity.Hosting;
using Platform.Identity.SignIn;

namespace Platform.Identity.Brokering;

/// <summary>A sign-in that is under way at a provider. It waits, sealed, in a cookie of the browser that began it, for the one answer with its id.</summary>
internal sealed record BrokerState(string Id, string Alias, string Nonce, string Verifier, LoginFlow Flow, DateTimeOffset ExpiresAt)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public static BrokerState New(string alias, LoginFlow flow, DateTimeOffset now) => new(Random(), alias, Random(), Random(), flow, now + Lifetime);

    public string Challenge => Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Verifier)));

    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
}

internal sealed class BrokerCookie(IDataProtectionProvider provider, IdentityOptions options, RealmAddresses addresses, TimeProvider time)
{
    private readonly IDataProtector _protector = provider.CreateProtector("Platform.Identity.BrokerState");
    private readonly string _name = $"platform_broker_{options.PublicUrl.Port}";

    public void Write(HttpContext http, BrokerState state) =>
        http.Response.Cookies.Append(_name, _protector.Protect(JsonSerializer.Serialize(state)), Settings(state.ExpiresAt));

    /// <summary>The sign-in that waits in this browser for the answer; it waits no longer.</summary>
    public BrokerState? Take(HttpContext http, string alias, string id)
    {
        if (http.Request.Cookies[_name] is not { } cookie) return null;
        http.Response.Cookies.Delete(_name, Settings(null));
        try
        {
            return JsonSerializer.Deserialize<BrokerState>(_protector.Unprotect(cookie)) is { } state && time.GetUtcNow() < state.ExpiresAt
                && state.Alias == alias && CryptographicOperations.FixedTimeEquals(System.Text.Encoding.UTF8.GetBytes(state.Id), System.Text.Encoding.UTF8.GetBytes(id))
                ? state
                : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // Lax, because the answer comes by a redirect from the provider.
    private CookieOptions Settings(DateTimeOffset? expires) => new()
    {
        Path = addresses.Broker,
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = options.IsHttps,
        Expires = expires,
        IsEssential = true,
    };
}
