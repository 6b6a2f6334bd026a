using Microsoft.AspNetCore.Antiforgery;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Steps;

/// <summary>Asks for the address that a link for a new password goes to; the answer is the same whoever has it.</summary>
internal sealed class ForgotPassword(
    IAntiforgery antiforgery, StepPages pages, LoginFlowSeal seal, ActionLinks links, SignInLimiter limiter, Realm realm, RealmAddresses addresses,
    ErrorPage errorPage, Assets assets)
{
    public IResult Show(HttpContext http) =>
        realm.Settings.ResetPasswordAllowed && seal.Open(http.Request.Query["flow"]) is { } flow ? Ask(http, flow) : errorPage.Stale(http);

    public async Task<IResult> SendAsync(HttpContext http)
    {
        if (!realm.Settings.ResetPasswordAllowed || !http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http)) return errorPage.Stale(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (seal.Open(form["flow"]) is not { } flow) return errorPage.Stale(http);
        var login = form["username"].ToString().Trim();
        var texts = Texts.In(flow.Language);
        if (login.Length == 0) return Ask(http, flow, new(LoginErrors.MissingCredentials, texts.MissingEmail));
        if (!limiter.Allows(http)) return Ask(http, flow, new(LoginErrors.TooManyRequests, texts.TooMany));
        links.SendReset(http, login, flow.Language, flow.ClientId);
        return Sent(flow);
    }

    private IResult Ask(HttpContext http, LoginFlow flow, LoginMessage? message = null)
    {
        var (texts, common) = (StepTexts.In(flow.Language), Texts.In(flow.Language));
        return Render(flow, texts.ForgotTitle, Html.Of($"""
            <h1>{texts.ForgotTitle}</h1>
            <p class="lead">{texts.ForgotLead}</p>
            {StepPages.Message(message)}
            <form id="kc-reset-password-form" method="post" action="{addresses.ResetCredentials}" novalidate>
            {pages.Forgery(http)}
            <input type="hidden" name="flow" value="{seal.Seal(flow)}">
            <div class="field">
            <label for="username">{common.UserName}</label>
            <input id="username" name="username" type="email" inputmode="email" autocomplete="username" autocapitalize="none" spellcheck="false" required autofocus value="{flow.LoginHint}">
            </div>
            <button class="primary" type="submit">{texts.ForgotSend}</button>
            </form>
            {Back(flow, texts)}
            """));
    }

    private IResult Sent(LoginFlow flow)
    {
        var texts = StepTexts.In(flow.Language);
        var minutes = Math.Max(1, realm.Settings.ActionTokenGeneratedByUserLifespan / 60);
        return Render(flow, texts.ForgotSent, Html.Of($"""
            <h1>{texts.ForgotSent}</h1>
            <p class="lead" role="status" data-done="sent">{texts.ForgotSentMore(minutes)}</p>
            {Back(flow, texts)}
            """));
    }

    private Html Back(LoginFlow flow, StepTexts texts) => Html.Of($"""<p class="aside"><a href="{flow.Restart(addresses)}">{texts.BackToSignIn}</a></p>""");

    private IResult Render(LoginFlow flow, string title, Html content) => new Page(flow.Language, title, content).Render(assets);
}
