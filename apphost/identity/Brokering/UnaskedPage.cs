using Microsoft.AspNetCore.Antiforgery;
using Platform.Identity.Brokering.Saml;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;
using Platform.Identity.Steps;

namespace Platform.Identity.Brokering;

/// <summary>
/// Asks whoever comes from a provider unasked whether they mean to sign in. Any page can make a browser post an answer, also one for
/// somebody else: without the question a person could work under a stranger's name and not notice. So nothing is chosen beforehand.
/// </summary>
internal sealed class UnaskedPage(UnaskedSeal seal, SamlClient client, SpentAnswers spent, StepPages pages, BrokerFinish finish, RealmAddresses addresses, Realm realm, IAntiforgery antiforgery, ErrorPage errorPage, Assets assets)
{
    public IResult Ask(HttpContext http, IdentityProviderDocument provider, UnaskedSignIn waiting)
    {
        var (flow, texts) = (waiting.Flow, BrokerTexts.In(waiting.Flow.Language));
        return new Page(flow.Language, texts.UnaskedTitle, Html.Of($"""
            <h1>{texts.UnaskedTitle}</h1>
            <p class="lead">{texts.UnaskedLead(provider.Name, waiting.Identity.Email ?? waiting.Identity.UserName ?? waiting.Identity.Subject, flow.ApplicationIn(realm) ?? "")}</p>
            <p>{texts.UnaskedHint}</p>
            <form id="kc-unasked-form" method="post" action="{addresses.UnaskedLogin}">
            {pages.Forgery(http)}
            <input type="hidden" name="waiting" value="{seal.Seal(waiting)}">
            <button class="primary" type="submit">{texts.Go}</button>
            </form>
            <p class="aside"><a href="{flow.Restart(addresses)}">{StepTexts.In(flow.Language).BackToSignIn}</a></p>
            """)) { FormTargets = LoginPage.FormTarget(flow.RedirectUri) }.Render(assets);
    }

    public async Task<IResult> SubmitAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http)) return errorPage.Stale(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return seal.Open(form["waiting"]) is var (waiting, provider) && client.Of(provider).MayBegin && CountsOnce(provider, waiting)
            ? await finish.ResolveAsync(http, provider, waiting.Identity, waiting.Flow)
            : errorPage.Stale(http);
    }

    // Whoever finds the form later, on a shared computer for one, does not come in by it.
    private bool CountsOnce(IdentityProviderDocument provider, UnaskedSignIn waiting) => spent.Remembers(waiting.Flow.StartedAt)
        && spent.Spend(provider.Alias, $"asked {waiting.Id}", waiting.Flow.StartedAt.AddSeconds(realm.Settings.AccessCodeLifespanLogin));
}
