using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;
using Platform.Identity.Steps;
using Platform.Identity.Tokens;

namespace Platform.Identity.Consents;

/// <summary>Asks whether an external application may do what it wants to.</summary>
internal sealed class ConsentPage(StepPages pages, LoginFlowSeal seal, RealmAddresses addresses, Realm realm, Assets assets)
{
    public IResult Render(HttpContext http, LoginFlow flow, RealmClient client, RealmUser user, GrantedScopes scopes)
    {
        var texts = ConsentTexts.In(flow.Language);
        var wishes = scopes.Scopes.Where(scope => scope.OnConsentScreen)
            .Select(scope => Html.Of($"""<li data-scope="{scope.Name}">{ScopeWords.Of(realm, scope, flow.Language)}</li>"""));
        return new Page(flow.Language, texts.Title, Html.Of($"""
            <h1>{texts.Title}</h1>
            <p class="lead">{texts.Lead(client.DisplayName)}</p>
            <ul class="wishes">{wishes}</ul>
            {From(client, flow, texts)}
            <p class="hint">{texts.As} <strong>{user.Username}</strong>. {texts.Hint}</p>
            <form id="kc-oauth-form" method="post" action="{addresses.Consent}">
            {pages.Forgery(http)}
            <input type="hidden" name="flow" value="{seal.Seal(flow)}">
            <button class="primary" type="submit" name="accept" value="yes">{texts.Allow}</button>
            <button class="secondary" type="submit" name="cancel" value="yes">{texts.Deny}</button>
            </form>
            """))
        {
            LanguageLink = flow.Restart(addresses, Page.Other(flow.Language)),
            FormTargets = LoginPage.FormTarget(flow.RedirectUri),
        }.Render(assets);
    }

    // Whoever is asked sees who vouches for the application, and where the answer goes.
    private Html From(RealmClient client, LoginFlow flow, ConsentTexts texts)
    {
        var organization = client.OrganizationId is { } id ? realm.FindOrganization(id) : null;
        var target = Uri.TryCreate(flow.RedirectUri, UriKind.Absolute, out var uri) ? uri is { Scheme: "http" or "https" } ? uri.Authority : uri.Scheme : "";
        return Html.When(organization is not null, $"""
            <p class="hint" data-organization="{organization?.Handle}">{texts.RegisteredBy} <strong>{organization?.DisplayName}</strong>. {texts.LeadsTo} <strong>{target}</strong>.</p>
            """);
    }
}
