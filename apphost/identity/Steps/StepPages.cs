using Microsoft.AspNetCore.Antiforgery;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Steps;

/// <summary>What the pages of the steps have in common.</summary>
internal sealed class StepPages(IAntiforgery antiforgery, StepsSeal seal, RealmAddresses addresses, Realm realm, Assets assets)
{
    /// <summary>A page with one form that leads on.</summary>
    public IResult Form(HttpContext http, PendingSteps pending, string step, string formId, string title, Html lead, LoginMessage? message, Html fields) =>
        Page(pending, title, Html.Of($"""
            <h1>{title}</h1>
            {lead}
            {Message(message)}
            <form id="{formId}" method="post" action="{addresses.RequiredAction}" novalidate>
            {Forgery(http)}
            <input type="hidden" name="execution" value="{step}">
            <input type="hidden" name="steps" value="{seal.Seal(pending)}">
            {fields}
            </form>
            """));

    /// <summary>The end of a mailed link.</summary>
    public IResult Done(PendingSteps pending)
    {
        var texts = StepTexts.In(pending.Language);
        var home = realm.FindClient(pending.ClientId)?.HomePage;
        return Page(pending, texts.DoneTitle, Html.Of($"""
            <h1>{texts.DoneTitle}</h1>
            <p class="lead" role="status" data-done="steps">{texts.DoneText}</p>
            {Html.When(home is not null, $"""<p><a class="primary" href="{home}">{texts.BackToApplication}</a></p>""")}
            """));
    }

    public IResult LinkExpired(HttpContext http)
    {
        var language = Locale.Of(http);
        var texts = StepTexts.In(language);
        return new Page(language, texts.LinkTitle, Html.Of($"""
            <h1>{texts.LinkTitle}</h1>
            <p class="lead" role="alert" data-error="expired_link">{texts.LinkText}</p>
            """)) { Status = StatusCodes.Status400BadRequest }.Render(assets);
    }

    public Html Forgery(HttpContext http)
    {
        var token = antiforgery.GetAndStoreTokens(http);
        return Html.Of($"""<input type="hidden" name="{token.FormFieldName}" value="{token.RequestToken}">""");
    }

    public static Html Lead(string text) => Html.Of($"""<p class="lead">{text}</p>""");

    public static Html Message(LoginMessage? message) => Html.When(
        message is not null, $"""<p class="message" role="alert" id="message" data-error="{message?.Code}">{message?.Text}</p>""");

    private IResult Page(PendingSteps pending, string title, Html content) => new Page(pending.Language, title, content)
    {
        FormTargets = LoginPage.FormTarget(pending.Flow?.RedirectUri),
    }.Render(assets);
}
