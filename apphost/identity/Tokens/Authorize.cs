using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.WebUtilities;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Tokens;

/// <summary>The authorization endpoint: a code for whoever has a session, the login page for everybody else.</summary>
internal static class Authorize
{
    public static async Task<IResult> Handle(
        HttpContext http, Realm realm, RealmAddresses addresses, SessionStore sessions, LoginPage loginPage, ErrorPage errorPage, TimeProvider time)
    {
        var request = http.GetOpenIddictServerRequest()!;
        if (http.GetOpenIddictServerResponse() is { Error: not null } refusal)
            return SendBack(request, refusal, realm, addresses) ?? errorPage.Render(http, refusal);
        var client = realm.FindClient(request.ClientId)!;
        if (GrantedScopes.Resolve(client, request.Scope) is not { } scopes)
            return OAuthError.Of(Errors.InvalidScope, "The client may not ask for one of these scopes.");

        var current = await SessionCookie.ReadAsync(http, sessions);
        if (current is not { } signedIn || MustSignInAgain(request, signedIn.Session, time))
            return request.HasPromptValue(PromptValues.None)
                ? OAuthError.Of(Errors.LoginRequired, "The user is not signed in.")
                : loginPage.Render(http, LoginFlow.From(request, Locale.Of(http, request), time), client);

        await sessions.TouchAsync(signedIn.Session, http.RequestAborted);
        var sessionId = signedIn.Session.Id.ToString();
        return Results.SignIn(
            TokenPrincipal.ForCode(signedIn.User.Id, sessionId, scopes),
            new AuthenticationProperties(null, new Dictionary<string, object?> { ["session_state"] = sessionId }),
            OpenIddictServerAspNetCoreDefaults.AuthenticationScheme);
    }

    /// <summary>Tells the application what was wrong, provided that the address is its own.</summary>
    private static IResult? SendBack(OpenIddictRequest request, OpenIddictResponse refusal, Realm realm, RealmAddresses addresses)
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

    private static bool MustSignInAgain(OpenIddictRequest request, UserSession session, TimeProvider time) =>
        request.HasPromptValue(PromptValues.Login)
        || request.HasPromptValue(PromptValues.SelectAccount)
        || (request.MaxAge is { } maxAge && time.GetUtcNow() > session.SignedInAt.AddSeconds(maxAge));

}
