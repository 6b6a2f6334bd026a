using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Brokering;

/// <summary>Sends a browser to the provider that knows its person.</summary>
internal sealed class BrokerStart(Realm realm, BrokerCookie cookie, BrokerClient client, TimeProvider time, Assets assets)
{
    /// <summary>The authorization request's parameter that names a provider, and skips the login page.</summary>
    public const string Hint = "kc_idp_hint";

    /// <summary>By the application's wish; null when there is no such provider.</summary>
    public IResult? ByHint(HttpContext http, LoginFlow flow) =>
        realm.FindProvider(flow.Request.GetValueOrDefault(Hint)) is { } provider ? Results.Redirect(Address(http, provider, flow, flow.LoginHint)) : null;

    /// <summary>By the organization that the address belongs to; null when its people have no provider.</summary>
    public IResult? ByAddress(HttpContext http, LoginFlow flow, string email)
    {
        if (realm.FindProviderFor(email) is not { } provider) return null;
        var texts = BrokerTexts.In(flow.Language);
        // A page and no redirect: browsers hold the target of a form against the page's policy, which names no customer's servers.
        return new Page(flow.Language, texts.GoTitle(provider.Name), Html.Of($"""
            <h1>{texts.GoTitle(provider.Name)}</h1>
            <p class="lead">{texts.GoLead}</p>
            <p><a href="{Address(http, provider, flow, email)}" class="primary" data-go>{texts.Go}</a></p>
            """)).Render(assets);
    }

    private string Address(HttpContext http, IdentityProviderDocument provider, LoginFlow flow, string? loginHint)
    {
        var state = BrokerState.New(provider.Alias, flow, time.GetUtcNow());
        cookie.Write(http, state);
        return client.Authorization(provider, state, loginHint);
    }
}
