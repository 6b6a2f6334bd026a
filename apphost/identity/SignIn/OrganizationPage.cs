using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Tokens;

namespace Platform.Identity.SignIn;

/// <summary>Asks a person of several organizations which one the token is for; each answer is the same request, narrowed.</summary>
internal sealed class OrganizationPage(RealmAddresses addresses, Assets assets)
{
    public static bool IsNeeded(RealmUser user, GrantedScopes scopes) =>
        user.Organizations.Count > 1 && scopes.Scopes.Any(scope => scope.Name == GrantedScopes.Organization) && !scopes.NamesOrganization;

    public IResult Render(LoginFlow flow, RealmUser user)
    {
        var texts = Texts.In(flow.Language);
        return new Page(flow.Language, texts.ChooseOrganization, Html.Of($"""
            <h1>{texts.ChooseOrganization}</h1>
            <p class="lead">{texts.ChooseOrganizationMore}</p>
            <ul class="choices">{user.Organizations.Select(organization => Choice(flow, organization))}</ul>
            """)) { LanguageLink = flow.Restart(addresses, Page.Other(flow.Language)) }.Render(assets);
    }

    private Html Choice(LoginFlow flow, OrganizationDocument organization) => Html.Of($"""
        <li><a href="{flow.Narrow(addresses, organization.Alias ?? organization.Name)}">
        <span class="avatar" aria-hidden="true">{organization.Name[..1]}</span><span class="name">{organization.Name}</span>
        </a></li>
        """);
}
