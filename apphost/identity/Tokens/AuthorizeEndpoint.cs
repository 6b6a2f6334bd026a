using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Platform.Identity.Brokering;
using Platform.Identity.Consents;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;
using Platform.Identity.Steps;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Tokens;

/// <summary>The authorization endpoint: a code for whoever has a session, the login page for everybody else.</summary>
internal sealed class AuthorizeEndpoint(
    Realm realm, RealmAddresses addresses, SessionStore sessions, SignInPages pages, SignInSteps steps, ConsentBook consents,
    ConsentPage consentPage, BrokerStart broker, TimeProvider time)
{
    public async Task<IResult> Handle(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (http.GetOpenIddictServerResponse() is { Error: not null } refusal)
            return SendBack(request, refusal) ?? pages.Error.Render(http, refusal);
        var client = realm.FindClient(request.ClientId)!;
        return GrantedScopes.Resolve(client, request.Scope) is { } scopes
            ? await AnswerAsync(http, request, client, scopes)
            : OAuthError.Of(Errors.InvalidScope, "The client may not ask for one of these scopes.");
    }

    private async Task<IResult> AnswerAsync(HttpContext http, OpenIddictRequest request, RealmClient client, GrantedScopes scopes)
    {
        var silently = request.HasPromptValue(PromptValues.None);
        var flow = LoginFlow.From(request, Locale.Of(http, request), time);
        if (await SessionCookie.ReadAsync(http, sessions) is not { } current || MustSignInAgain(request, current.Session))
            return silently
                ? OAuthError.Of(Errors.LoginRequired, "The user is not signed in.")
                : broker.ByHint(http, flow) ?? pages.Login.Render(http, flow, client.DisplayName);
        var pending = steps.Begin(current.User, flow, current.Session.Methods.Split(' '), current.Session.Id);
        if (steps.IsAnythingNeeded(current.User, pending))
            return silently
                ? OAuthError.Of(Errors.InteractionRequired, "The user has something to do first.")
                : steps.Ask(http, current.User, pending)!;
        if (AtHome(client, current.User, scopes, flow) is { } elsewhere) return elsewhere;
        if (OrganizationPage.IsNeeded(current.User, scopes))
            return silently
                ? OAuthError.Of(Errors.InteractionRequired, "The user belongs to several organizations and must choose one.")
                : pages.Organization.Render(flow, current.User);
        if (await consents.IsNeededAsync(current.User, client, scopes, request, http.RequestAborted))
            return silently
                ? OAuthError.Of(Errors.ConsentRequired, "The user has not agreed yet.")
                : consentPage.Render(http, flow, client, current.User, scopes);
        await sessions.TouchAsync(current.Session, http.RequestAborted);
        await sessions.EnterAsync(current.Session.Id, client.Id, http.RequestAborted);
        return Code(current.Session.Id.ToString(), current.User, scopes);
    }

    // An organization's application works in that organization, and asks nobody which one.
    private IResult? AtHome(RealmClient client, RealmUser user, GrantedScopes scopes, LoginFlow flow)
    {
        if (client.OrganizationId is not { } home) return null;
        if (user.Organizations.FirstOrDefault(organization => organization.Id == home) is not { } organization || !scopes.AreFor(organization.Handle))
            return OAuthError.Of(Errors.AccessDenied, "The application works in the organization that registered it, for that organization's members.");
        return scopes.NamesOrganization || user.Organizations.Count == 1 ? null : Results.Redirect(flow.Narrow(addresses, organization.Handle));
    }

    private static IResult Code(string sessionId, RealmUser user, GrantedScopes scopes) => Results.SignIn(
        TokenPrincipal.ForCode(user.Id, sessionId, scopes),
        new AuthenticationProperties(null, new Dictionary<string, object?> { ["session_state"] = sessionId }),
        OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);

    /// <summary>Tells the application what was wrong, provided that the address is its own.</summary>
    private IResult? SendBack(OpenIddictRequest request, OpenIddictResponse refusal)
    {
        if (request.RedirectUri is not { } redirectUri || realm.FindClient(request.ClientId)?.AllowsRedirect(redirectUri) is not true) return null;
        var answer = new Dictionary<string, string?>
        {
            [Parameters.Error] = refusal.Error,
            [Parameters.ErrorDescription] = refusal.ErrorDescription,
            [Parameters.State] = request.State,
            [Parameters.Iss] = addresses.Issuer.ToString(),
        };
        return Results.Redirect(QueryHelpers.AddQueryString(redirectUri, answer.Where(pair => pair.Value is not null)));
    }

    private bool MustSignInAgain(OpenIddictRequest request, UserSession session) =>
        request.HasPromptValue(PromptValues.Login)
        || request.HasPromptValue(PromptValues.SelectAccount)
        || (request.MaxAge is { } maxAge && time.GetUtcNow() > session.SignedInAt.AddSeconds(maxAge));
}
