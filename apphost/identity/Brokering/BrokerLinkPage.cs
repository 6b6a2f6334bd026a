using Microsoft.AspNetCore.Antiforgery;
using Platform.Identity.Events;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;
using Platform.Identity.Steps;

namespace Platform.Identity.Brokering;

/// <summary>Asks for the password of the account that a provider's identity is to be connected to: an address alone proves nothing.</summary>
internal sealed class BrokerLinkPage(
    BrokerLinkSeal seal, StepPages pages, FirstSignIn people, Authenticator authenticator, SignInLimiter limiter, SignInSteps steps, EventJournal journal,
    RealmAddresses addresses, Realm realm, IAntiforgery antiforgery, ErrorPage errorPage, Assets assets)
{
    public IResult Ask(HttpContext http, BrokerLink link, LoginMessage? message = null)
    {
        var (flow, texts) = (link.Flow, BrokerTexts.In(link.Flow.Language));
        var provider = realm.FindProvider(link.Identity.Alias)!;
        return new Page(flow.Language, texts.LinkTitle, Html.Of($"""
            <h1>{texts.LinkTitle}</h1>
            <p class="lead">{texts.LinkLead(provider.Name, link.Identity.Email!)}</p>
            {StepPages.Message(message)}
            <form id="kc-link-account-form" method="post" action="{addresses.FirstBrokerLogin}" novalidate>
            {pages.Forgery(http)}
            <input type="hidden" name="link" value="{seal.Seal(link)}">
            <div class="field">
            <label for="password">{Texts.In(flow.Language).Password}</label>
            <input id="password" name="password" type="password" autocomplete="current-password" required autofocus>
            <p class="hint">{texts.LinkHint}</p>
            </div>
            <button class="primary" type="submit">{texts.Link}</button>
            </form>
            <p class="aside"><a href="{flow.Restart(addresses)}">{StepTexts.In(flow.Language).BackToSignIn}</a></p>
            """)) { FormTargets = LoginPage.FormTarget(flow.RedirectUri) }.Render(assets);
    }

    public async Task<IResult> SubmitAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http)) return errorPage.Stale(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (seal.Open(form["link"]) is not var (link, user, provider)) return errorPage.Stale(http);
        if (await ProveAsync(http, link, user, form["password"].ToString()) is { } refusal) return Ask(http, link, refusal);
        if (await people.ConnectAsync(provider, link.Identity, user, http.RequestAborted) is not { } connected) return errorPage.Stale(http);
        journal.Record(http, EventTypes.FederatedIdentityLink, link.Flow.ClientId, connected, provider: provider.Alias);
        return await steps.ContinueAsync(http, connected, steps.Begin(connected, link.Flow, [SignInMethods.Password]) with { Origin = link.Identity.Session });
    }

    private async Task<LoginMessage?> ProveAsync(HttpContext http, BrokerLink link, RealmUser user, string password)
    {
        var (common, texts) = (Texts.In(link.Flow.Language), BrokerTexts.In(link.Flow.Language));
        if (!limiter.Allows(http)) return new(LoginErrors.TooManyRequests, common.TooMany);
        var outcome = await authenticator.AuthenticateAsync(user.Username, password, http.RequestAborted);
        if (outcome is SignInOutcome.Success) return null;
        journal.Record(http, EventTypes.LoginError, link.Flow.ClientId, user, error: "invalid_user_credentials");
        return outcome is SignInOutcome.Locked locked
            ? new(LoginErrors.AccountLocked, common.Locked(SignInChecks.Minutes(locked.For)))
            : new(LoginErrors.WrongCredentials, texts.WrongPassword);
    }
}
