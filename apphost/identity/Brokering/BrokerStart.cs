using Platform.Identity.Brokering.Saml;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Brokering;

/// <summary>Sends a browser to the provider that knows its person.</summary>
internal sealed class BrokerStart(Realm realm, BrokerCookie cookie, BrokerClient client, SamlClient saml, OnwardPage onward, TimeProvider time)
{
    /// <summary>The authorization request's parameter that names a provider, and skips the login page.</summary>
    public const string Hint = "kc_idp_hint";

    /// <summary>By the application's wish; null when there is no such provider.</summary>
    public IResult? ByHint(HttpContext http, LoginFlow flow)
    {
        if (realm.FindProvider(flow.Request.GetValueOrDefault(Hint)) is not { } provider) return null;
        var departure = Leave(http, provider, flow, flow.LoginHint);
        return departure.Fields is null ? Results.Redirect(departure.Address) : onward.SignIn(flow.Language, provider, departure);
    }

    /// <summary>By the organization that the address belongs to; null when its people have no provider.</summary>
    public IResult? ByAddress(HttpContext http, LoginFlow flow, string email) =>
        realm.FindProviderFor(email) is { } provider ? onward.SignIn(flow.Language, provider, Leave(http, provider, flow, email)) : null;

    private Departure Leave(HttpContext http, IdentityProviderDocument provider, LoginFlow flow, string? loginHint)
    {
        var state = BrokerState.New(provider.Alias, flow, time.GetUtcNow()) with { IsPosted = provider.IsSaml };
        cookie.Write(http, state);
        return provider.IsSaml ? saml.Leave(provider, state, loginHint) : new Departure(client.Authorization(provider, state, loginHint));
    }
}
