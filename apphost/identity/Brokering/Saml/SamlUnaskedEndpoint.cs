using Microsoft.AspNetCore.WebUtilities;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.SignIn;

namespace Platform.Identity.Brokering.Saml;

/// <summary>
/// Where sign-ins come in that began at a provider, for one application: Keycloak's <c>…/endpoint/clients/{name}</c>. The provider's setting
/// <c>platform.idpInitiated</c> lets them in, and the application's attribute <c>saml_idp_initiated_sso_url_name</c> names it.
/// </summary>
internal sealed class SamlUnaskedEndpoint(
    Realm realm, RealmAddresses addresses, SamlClient client, UnaskedPage page, BrokerFinish finish, SignInLimiter limiter, TimeProvider time, ErrorPage errorPage)
{
    public async Task<IResult> Handle(HttpContext http, string alias, string name)
    {
        if (!http.Request.HasFormContentType || Find(alias, name) is not var (provider, application)) return errorPage.Stale(http);
        var flow = LoginFlow.ForApplication(application, new Uri(addresses.UnaskedEndpoint(alias, name)).AbsolutePath, Locale.Of(http), time);
        if (!limiter.Allows(http)) return finish.TooMany(http, flow);
        if (!client.Of(provider).MayBegin) return finish.Refuse(http, provider, flow, BrokerErrors.Unasked, "sign-ins do not begin there");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return client.RedeemUnasked(provider, addresses.UnaskedEndpoint(alias, name), form[SamlSender.Response].ToString()) switch
        {
            SamlOutcome.Confirmed { Identity: var identity } => page.Ask(http, provider, new UnaskedSignIn(Guid.NewGuid(), identity, flow)),
            SamlOutcome.Refused { Reason: var reason } => finish.Refuse(http, provider, flow, BrokerErrors.Of(reason), reason),
            _ => finish.Refuse(http, provider, flow, BrokerErrors.Denied),
        };
    }

    /// <summary>Leads on to the application, which asks for a sign-in of its own and finds the session (OpenID Connect Core §4).</summary>
    public IResult Continue(HttpContext http, string alias, string name) => Find(alias, name) is var (_, application)
        ? Results.Redirect(QueryHelpers.AddQueryString(application.HomePage!, "iss", addresses.Issuer.ToString()))
        : errorPage.Stale(http);

    // An organization's own application is no way in for another's people.
    private (IdentityProviderDocument Provider, RealmClient Application)? Find(string alias, string name) =>
        realm.FindProvider(alias) is { IsSaml: true } provider
        && realm.Clients.FirstOrDefault(known => known.UnaskedName == name && known.HomePage is not null) is { } application
        && (application.OrganizationId is null || application.OrganizationId == provider.OrganizationId)
            ? (provider, application)
            : null;
}
