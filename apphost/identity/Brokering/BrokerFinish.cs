using Platform.Identity.Events;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;
using Platform.Identity.Steps;

namespace Platform.Identity.Brokering;

/// <summary>What follows a provider's answer, whatever protocol it came by.</summary>
internal sealed class BrokerFinish(Realm realm, FirstSignIn people, BrokerLinkPage link, SignInSteps steps, LoginPage login, EventJournal journal, ErrorPage errorPage)
{
    public async Task<IResult> ResolveAsync(HttpContext http, IdentityProviderDocument provider, BrokeredIdentity identity, LoginFlow flow) =>
        await people.ResolveAsync(provider, identity, http.RequestAborted) switch
        {
            BrokerOutcome.Known known => await SignInAsync(http, identity, known, flow),
            BrokerOutcome.NeedsProof { User: var user } => link.Ask(http, BrokerLink.New(identity, user, flow)),
            BrokerOutcome.Refused { Code: var code } => Refuse(http, provider, flow, code),
            _ => errorPage.Stale(http),
        };

    /// <param name="reason">For the journal: what was wrong with the answer.</param>
    public IResult Refuse(HttpContext http, IdentityProviderDocument provider, LoginFlow flow, string code, string? reason = null)
    {
        journal.Record(http, EventTypes.IdentityProviderLoginError, flow.ClientId, error: code, provider: provider.Alias, reason: reason);
        return Again(http, flow, new(code, BrokerTexts.In(flow.Language).Refusal(code, provider.Name)));
    }

    public IResult TooMany(HttpContext http, LoginFlow flow) => Again(http, flow, new(LoginErrors.TooManyRequests, Texts.In(flow.Language).TooMany));

    private Task<IResult> SignInAsync(HttpContext http, BrokeredIdentity identity, BrokerOutcome.Known known, LoginFlow flow)
    {
        journal.Record(http, known.IsNew ? EventTypes.IdentityProviderFirstLogin : EventTypes.IdentityProviderLogin, flow.ClientId, known.User, provider: identity.Alias);
        return steps.ContinueAsync(http, known.User, steps.Begin(known.User, flow, [SignInMethods.Federated]) with { Origin = identity.Session });
    }

    private IResult Again(HttpContext http, LoginFlow flow, LoginMessage message) =>
        flow.ApplicationIn(realm) is { } application
            ? login.Render(http, flow, application, message)
            : errorPage.Stale(http);
}
