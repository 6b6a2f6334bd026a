using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Brokering;

/// <summary>Where a provider of OpenID Connect sends the browser back to.</summary>
internal sealed class BrokerEndpoint(Realm realm, BrokerCookie cookie, BrokerClient client, BrokerFinish finish, SignInLimiter limiter, ErrorPage errorPage)
{
    public async Task<IResult> Handle(HttpContext http, string alias)
    {
        var query = http.Request.Query;
        if (cookie.Take(http, alias, query["state"].ToString()) is not { Flow: var flow } state || realm.FindProvider(alias) is not { IsSaml: false } provider) return errorPage.Stale(http);
        if (!limiter.Allows(http)) return finish.TooMany(http, flow);
        if (query.ContainsKey("error")) return finish.Refuse(http, provider, flow, BrokerErrors.Denied);
        // Whoever answers in another's name is not believed (RFC 9207).
        if (query["iss"].ToString() is { Length: > 0 } issuer && issuer != provider.Issuer) return finish.Refuse(http, provider, flow, BrokerErrors.Unconfirmed);
        return await client.RedeemAsync(provider, state, query["code"].ToString(), http.RequestAborted) is { } identity
            ? await finish.ResolveAsync(http, provider, identity, flow)
            : finish.Refuse(http, provider, flow, BrokerErrors.Unconfirmed);
    }
}
