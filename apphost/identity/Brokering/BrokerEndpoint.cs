using Platform.Identity.Events;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;
using Platform.Identity.Steps;

namespace Platform.Identity.Brokering;

/// <summary>Where a provider sends the browser back to.</summary>
internal sealed class BrokerEndpoint(
    Realm realm, BrokerCookie cookie, BrokerClient client, FirstSignIn people, BrokerLinkPage link, SignInSteps steps, LoginPage login,
    SignInLimiter limiter, EventJournal journal, ErrorPage errorPage)
{
    public async Task<IResult> Handle(HttpContext http, string alias)
    {
        var query = http.Request.Query;
        if (cookie.Take(http, alias, query["state"].ToString()) is not { Flow: var flow } state || realm.FindProvider(alias) is not { } provider) return errorPage.Stale(http);
        if (!limiter.Allows(http)) return Again(http, flow, new(LoginErrors.TooManyRequests, Texts.In(flow.Language).TooMany));
        if (query.ContainsKey("error")) return Refuse(http, provider, flow, BrokerErrors.Denied);
        // Whoever answers in another's name is not believed (RFC 9207).
        if (query["iss"].ToString() is { Length: > 0 } issuer && issuer != provider.Issuer) return Refuse(http, provider, flow, BrokerErrors.Unconfirmed);
        if (await client.RedeemAsync(provider, state, query["code"].ToString(), http.RequestAborted) is not { } identity) return Refuse(http, provider, flow, BrokerErrors.Unconfirmed);
        return await people.ResolveAsync(provider, identity, http.RequestAborted) switch
        {
            BrokerOutcome.Known known => await SignInAsync(http, known, flow),
            BrokerOutcome.NeedsProof { User: var user } => link.Ask(http, BrokerLink.New(identity, user, flow)),
            BrokerOutcome.Refused { Code: var code } => Refuse(http, provider, flow, code),
            _ => errorPage.Stale(http),
        };
    }

    private Task<IResult> SignInAsync(HttpContext http, BrokerOutcome.Known known, LoginFlow flow)
    {
        journal.Record(http, known.IsNew ? EventTypes.IdentityProviderFirstLogin : EventTypes.IdentityProviderLogin, flow.ClientId, known.User);
        return steps.ContinueAsync(http, known.User, steps.Begin(known.User, flow, [SignInMethods.Federated]));
    }

    private IResult Refuse(HttpContext http, IdentityProviderDocument provider, LoginFlow flow, string code)
    {
        journal.Record(http, EventTypes.IdentityProviderLoginError, flow.ClientId, error: code);
        return Again(http, flow, new(code, BrokerTexts.In(flow.Language).Refusal(code, provider.Name)));
    }

    private IResult Again(HttpContext http, LoginFlow flow, LoginMessage message) =>
        (flow.ReturnTo is null ? realm.FindClient(flow.ClientId)?.DisplayName : Texts.In(flow.Language).Account) is { } application
            ? login.Render(http, flow, application, message)
            : errorPage.Stale(http);
}
