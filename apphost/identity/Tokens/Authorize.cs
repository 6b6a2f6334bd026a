using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
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
        HttpContext http, Realm realm, SessionStore sessions, LoginPage loginPage, ErrorPage errorPage, TimeProvider time)
    {
        if (http.GetOpenIddictServerResponse() is { Error: not null } refusal) return errorPage.Render(http, refusal);
        var request = http.GetOpenIddictServerRequest()!;
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

    private static bool MustSignInAgain(OpenIddictRequest request, UserSession session, TimeProvider time) =>
        request.HasPromptValue(PromptValues.Login)
        || request.HasPromptValue(PromptValues.SelectAccount)
        || (request.MaxAge is { } maxAge && time.GetUtcNow() > session.SignedInAt.AddSeconds(maxAge));

}
