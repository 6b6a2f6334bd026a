using Platform.Identity.Brokering.Saml;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Brokering;

/// <summary>Sends a browser to the provider that knows its person.</summary>
internal sealed class BrokerStart(Realm realm, BrokerCookie cookie, BrokerClient client, SamlClient saml, TimeProvider time, Assets assets)
{
    /// <summary>The authorization request's parameter that names a provider, and skips the login page.</summary>
    public const string Hint = "kc_idp_hint";

    /// <summary>By the application's wish; null when there is no such provider.</summary>
    public IResult? ByHint(HttpContext http, LoginFlow flow)
    {
        if (realm.FindProvider(flow.Request.GetValueOrDefault(Hint)) is not { } provider) return null;
        var departure = Leave(http, provider, flow, flow.LoginHint);
        return departure.Fields is null ? Results.Redirect(departure.Address) : Onward(provider, flow, departure);
    }

    /// <summary>By the organization that the address belongs to; null when its people have no provider.</summary>
    public IResult? ByAddress(HttpContext http, LoginFlow flow, string email) =>
        realm.FindProviderFor(email) is { } provider ? Onward(provider, flow, Leave(http, provider, flow, email)) : null;

    // A page and no redirect: browsers hold the target of a form against the page's policy, which names no customer's servers.
    private IResult Onward(IdentityProviderDocument provider, LoginFlow flow, Departure departure)
    {
        var texts = BrokerTexts.In(flow.Language);
        var go = departure.Fields is { } fields
            ? Html.Of($"""
                <form method="post" action="{departure.Address}" data-go>
                {fields.Select(field => Html.Of($"""<input type="hidden" name="{field.Key}" value="{field.Value}">"""))}
                <button class="primary" type="submit">{texts.Go}</button>
                </form>
                """)
            : Html.Of($"""<p><a href="{departure.Address}" class="primary" data-go>{texts.Go}</a></p>""");
        return new Page(flow.Language, texts.GoTitle(provider.Name), Html.Of($"""
            <h1>{texts.GoTitle(provider.Name)}</h1>
            <p class="lead">{texts.GoLead}</p>
            {go}
            """)) { FormTargets = departure.Fields is null ? "" : FormTargets(departure.Address) }.Render(assets);
    }

    // Where the form goes, and to whatever of https: that server then leads.
    private static string FormTargets(string address) => $"https: {new Uri(address).GetLeftPart(UriPartial.Authority)}";

    private Departure Leave(HttpContext http, IdentityProviderDocument provider, LoginFlow flow, string? loginHint)
    {
        var state = BrokerState.New(provider.Alias, flow, time.GetUtcNow()) with { IsPosted = provider.IsSaml };
        cookie.Write(http, state);
        return provider.IsSaml ? saml.Leave(provider, state, loginHint) : new Departure(client.Authorization(provider, state, loginHint));
    }
}
