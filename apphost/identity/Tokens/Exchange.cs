using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Tokens;

/// <summary>The token endpoint, once OpenIddict has checked the client and what it presents.</summary>
internal static class Exchange
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public static Task<IResult> Handle(
        HttpContext http, Realm realm, SessionStore sessions, Authenticator authenticator, SignInLimiter limiter)
    {
        var request = http.GetOpenIddictServerRequest()!;
        var client = realm.FindClient(request.ClientId)!;
        return request.GrantType switch
        {
            GrantTypes.AuthorizationCode or GrantTypes.RefreshToken => ContinueSession(http, request, client, realm, sessions),
            GrantTypes.ClientCredentials => Task.FromResult(ActAsServiceAccount(http, request, client, realm)),
            GrantTypes.Password => TradePassword(http, request, client, realm, sessions, authenticator, limiter),
            _ => Task.FromResult(OAuthError.Of(Errors.UnsupportedGrantType, "This grant is not supported.")),
        };
    }

    private static async Task<IResult> ContinueSession(
        HttpContext http, OpenIddictRequest request, RealmClient client, Realm realm, SessionStore sessions)
    {
        var presented = (await http.AuthenticateAsync(Scheme)).Principal!;
        if (await sessions.FindAsync(presented.FindFirstValue(TokenPrincipal.SessionId), http.RequestAborted) is not { } found)
            return OAuthError.Of(Errors.InvalidGrant, "The session has ended: sign in again.");
        var asked = request.Scope ?? presented.FindFirstValue(TokenPrincipal.RequestedScope);
        if (GrantedScopes.Resolve(client, asked) is not { } scopes)
            return OAuthError.Of(Errors.InvalidScope, "The client may not ask for one of these scopes.");
        await sessions.TouchAsync(found.Session, http.RequestAborted);
        return ForPerson(new ClaimSource(realm, client, found.User, scopes, Notes(found.Session)), found.Session, sessions);
    }

    private static async Task<IResult> TradePassword(
        HttpContext http, OpenIddictRequest request, RealmClient client, Realm realm,
        SessionStore sessions, Authenticator authenticator, SignInLimiter limiter)
    {
        if (GrantedScopes.Resolve(client, request.Scope) is not { } scopes)
            return OAuthError.Of(Errors.InvalidScope, "The client may not ask for one of these scopes.");
        if (!limiter.Allows(http)) return OAuthError.Of(Errors.SlowDown, "Too many sign-ins from this address: wait a minute.");
        var outcome = await authenticator.AuthenticateAsync(request.Username ?? "", request.Password ?? "", http.RequestAborted);
        if (outcome is SignInOutcome.Locked) return OAuthError.Of(Errors.InvalidGrant, "The account is locked for a while.");
        if (outcome is not SignInOutcome.Success success) return OAuthError.Of(Errors.InvalidGrant, "Invalid user credentials.");
        var session = await sessions.StartAsync(success.User, http.RequestAborted);
        return ForPerson(new ClaimSource(realm, client, success.User, scopes, Notes(session)), session, sessions);
    }

    private static IResult ActAsServiceAccount(HttpContext http, OpenIddictRequest request, RealmClient client, Realm realm)
    {
        if (GrantedScopes.Resolve(client, request.Scope) is not { } scopes)
            return OAuthError.Of(Errors.InvalidScope, "The client may not ask for one of these scopes.");
        if (realm.FindServiceAccount(client.Id) is not { } account)
            return OAuthError.Of(Errors.UnauthorizedClient, "The client has no service account.");
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        var notes = new Dictionary<string, string> { ["client_id"] = client.Id, ["clientHost"] = address, ["clientAddress"] = address };
        var principal = TokenPrincipal.ForTokens(new ClaimSource(realm, client, account, scopes, notes), sessionId: null);
        return Issue(principal, new() { ["refresh_expires_in"] = 0L }, scopes);
    }

    private static IResult ForPerson(ClaimSource source, UserSession session, SessionStore sessions)
    {
        var lifetime = sessions.RefreshLifetime(session);
        var sessionId = session.Id.ToString();
        var principal = TokenPrincipal.ForTokens(source, sessionId).SetRefreshTokenLifetime(lifetime);
        return Issue(
            principal,
            new() { ["refresh_expires_in"] = (long)lifetime.TotalSeconds, ["session_state"] = sessionId },
            source.Scopes);
    }

    /// <summary>Adds what Keycloak's answer has beyond the standard's.</summary>
    private static IResult Issue(ClaimsPrincipal principal, Dictionary<string, object?> parameters, GrantedScopes scopes)
    {
        parameters["not-before-policy"] = 0L;
        parameters["scope"] = string.Join(' ', scopes.Names.Order(StringComparer.Ordinal));
        return Results.SignIn(principal, new AuthenticationProperties(null, parameters), Scheme);
    }

    private static Dictionary<string, string> Notes(UserSession session) =>
        new() { ["AUTH_TIME"] = session.SignedInAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) };
}
