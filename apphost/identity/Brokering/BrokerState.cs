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

    /// <summary>Whether the answer comes by a form of the provider's and not by a redirect.</summary>
    public bool IsPosted { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public DateTimeOffset StartedAt => ExpiresAt - Lifetime;

    [System.Text.Json.Serialization.JsonIgnore]
    public string Challenge => Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(Verifier)));

    private static string Random() => Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
}

internal sealed class BrokerCookie(IDataProtectionProvider provider, IdentityOptions options, RealmAddresses addresses, TimeProvider time)
{
    private readonly IDataProtector _protector = provider.CreateProtector("Platform.Identity.BrokerState");
    private readonly string _name = $"platform_broker_{options.PublicUrl.Port}";

    public void Write(HttpContext http, BrokerState state) =>
        http.Response.Cookies.Append(_name, _protector.Protect(JsonSerializer.Serialize(state)), Settings(state.ExpiresAt, state.IsPosted));

    /// <summary>The sign-in that waits in this browser for the answer; it waits no longer.</summary>
    public BrokerState? Take(HttpContext http, string alias, string id)
    {
        if (http.Request.Cookies[_name] is not { } cookie) return null;
        http.Response.Cookies.Delete(_name, Settings(null, HttpMethods.IsPost(http.Request.Method)));
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

    // A redirect from the provider brings what is Lax. Its form brings only what is None, which browsers want to be secure; without
    // https there are only servers of this machine, which are one site.
    private CookieOptions Settings(DateTimeOffset? expires, bool isPosted) => new()
    {
        Path = addresses.Broker,
        HttpOnly = true,
        SameSite = isPosted && options.IsHttps ? SameSiteMode.None : SameSiteMode.Lax,
        Secure = options.IsHttps,
        Expires = expires,
        IsEssential = true,
    };
}
