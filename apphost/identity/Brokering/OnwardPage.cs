using Platform.Identity.Pages;
using Platform.Identity.Realms;

namespace Platform.Identity.Brokering;

/// <summary>
/// A page that leads to a provider by itself. A page and no redirect: browsers hold the target of a form against the page's policy,
/// which names no customer's servers.
/// </summary>
internal sealed class OnwardPage(Assets assets)
{
    public IResult SignIn(Language language, IdentityProviderDocument provider, Departure departure) => Show(language, provider, BrokerTexts.In(language).GoLead, departure);

    public IResult SignOut(Language language, IdentityProviderDocument provider, Departure departure) => Show(language, provider, BrokerTexts.In(language).SignOutLead, departure);

    private IResult Show(Language language, IdentityProviderDocument provider, string lead, Departure departure)
    {
        var texts = BrokerTexts.In(language);
        var go = departure.Fields is { } fields
            ? Html.Of($"""
                <form method="post" action="{departure.Address}" data-go>
                {fields.Select(field => Html.Of($"""<input type="hidden" name="{field.Key}" value="{field.Value}">"""))}
                <button class="primary" type="submit">{texts.Go}</button>
                </form>
                """)
            : Html.Of($"""<p><a href="{departure.Address}" class="primary" data-go>{texts.Go}</a></p>""");
        return new Page(language, texts.GoTitle(provider.Name), Html.Of($"""
            <h1>{texts.GoTitle(provider.Name)}</h1>
            <p class="lead">{lead}</p>
            {go}
            """)) { FormTargets = departure.Fields is null ? "" : FormTargets(departure.Address) }.Render(assets);
    }

    // Where the form goes, and to whatever of https: that server then leads.
    private static string FormTargets(string address) => $"https: {new Uri(address).GetLeftPart(UriPartial.Authority)}";
}
