using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Brokering.Saml;

/// <summary>Where a provider has the browser post its answer to.</summary>
internal sealed class SamlEndpoint(Realm realm, BrokerCookie cookie, SamlClient client, BrokerFinish finish, SignInLimiter limiter, ErrorPage errorPage)
{
    public async Task<IResult> Handle(HttpContext http, string alias)
    {
        if (!http.Request.HasFormContentType) return errorPage.Stale(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (cookie.Take(http, alias, form["RelayState"].ToString()) is not { Flow: var flow } state || realm.FindProvider(alias) is not { IsSaml: true } provider) return errorPage.Stale(http);
        if (!limiter.Allows(http)) return finish.TooMany(http, flow);
        return client.Redeem(provider, state, form["SAMLResponse"].ToString()) switch
        {
            SamlOutcome.Confirmed { Identity: var identity } => await finish.ResolveAsync(http, provider, identity, flow),
            SamlOutcome.Failed => finish.Refuse(http, provider, flow, BrokerErrors.Denied),
            _ => finish.Refuse(http, provider, flow, BrokerErrors.Unconfirmed),
        };
    }
}
