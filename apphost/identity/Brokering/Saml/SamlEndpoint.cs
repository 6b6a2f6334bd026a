using Platform.Identity.Events;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Brokering.Saml;

/// <summary>Where a provider has the browser bring its answers to sign-ins, by POST, and what it says about sign-outs, by either binding.</summary>
internal sealed class SamlEndpoint(
    Realm realm, BrokerCookie cookie, SamlClient client, SamlSignOut signOut, BrokerFinish finish, SignInLimiter limiter, EventJournal journal, ErrorPage errorPage)
{
    public async Task<IResult> Handle(HttpContext http, string alias)
    {
        if (realm.FindProvider(alias) is not { IsSaml: true } provider || !HttpMethods.IsGet(http.Request.Method) && !http.Request.HasFormContentType) return errorPage.Stale(http);
        if (await SamlArrival.ReadAsync(http) is not { } arrival) return errorPage.Stale(http);
        if (arrival.Field == SamlSender.Request) return await signOut.AnswerAsync(http, provider, arrival);
        return signOut.Finish(http, provider, arrival) ?? (HttpMethods.IsPost(http.Request.Method) ? await SignInAsync(http, provider, arrival) : errorPage.Stale(http));
    }

    private async Task<IResult> SignInAsync(HttpContext http, IdentityProviderDocument provider, SamlArrival arrival)
    {
        var state = cookie.Take(http, provider.Alias, arrival.RelayState ?? "");
        var isAllowed = limiter.Allows(http);
        if (state is not { Flow: var flow })
        {
            if (isAllowed) journal.Record(http, EventTypes.IdentityProviderLoginError, error: "stale_page", provider: provider.Alias, reason: "nobody here has asked");
            return errorPage.Stale(http);
        }
        if (!isAllowed) return finish.TooMany(http, flow);
        return client.Redeem(provider, state, arrival.Encoded) switch
        {
            SamlOutcome.Confirmed { Identity: var identity } => await finish.ResolveAsync(http, provider, identity, flow),
            SamlOutcome.Refused { Reason: var reason } => finish.Refuse(http, provider, flow, BrokerErrors.Of(reason), reason),
            _ => finish.Refuse(http, provider, flow, BrokerErrors.Denied),
        };
    }
}
