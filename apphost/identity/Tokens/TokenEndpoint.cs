using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using Platform.Identity.Otp;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Tokens;

/// <summary>The token endpoint, once OpenIddict has checked the client and what it presents.</summary>
internal sealed class TokenEndpoint(Realm realm, SessionStore sessions, Authenticator authenticator, OtpVerifier verifier, SignInLimiter limiter)
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public async Task<IResult> Handle(HttpContext http)
    {
        var request = http.GetOpenIddictServerRequest()!;
        var client = realm.FindClient(request.ClientId)!;
        var presented = request.IsAuthorizationCodeGrantType() || request.IsRefreshTokenGrantType()
            ? (await http.AuthenticateAsync(Scheme)).Principal
            : null;
        if (GrantedScopes.Resolve(client, request.Scope ?? presented?.FindFirstValue(TokenPrincipal.RequestedScope)) is not { } scopes)
            return OAuthError.Of(Errors.InvalidScope, "The client may not ask for one of these scopes.");
        return request.GrantType switch
        {
            GrantTypes.AuthorizationCode or GrantTypes.RefreshToken => await ContinueSession(http, client, scopes, presented!),
            GrantTypes.Password => await TradePassword(http, request, client, scopes),
            GrantTypes.ClientCredentials => ActAsServiceAccount(http, client, scopes),
            _ => OAuthError.Of(Errors.UnsupportedGrantType, "This grant is not supported."),
        };
    }

    private async Task<IResult> ContinueSession(HttpContext http, RealmClient client, GrantedScopes scopes, ClaimsPrincipal presented)
    {
        if (await sessions.FindAsync(presented.FindFirstValue(TokenPrincipal.SessionId), http.RequestAborted) is not { } found)
            return OAuthError.Of(Errors.InvalidGrant, "The session has ended: sign in again.");
        await sessions.TouchAsync(found.Session, http.RequestAborted);
        return ForPerson(client, found.User, scopes, found.Session);
    }

    private async Task<IResult> TradePassword(HttpContext http, OpenIddictRequest request, RealmClient client, GrantedScopes scopes)
    {
        if (!limiter.Allows(http)) return OAuthError.Of(Errors.SlowDown, "Too many sign-ins from this address: wait a minute.");
        var outcome = await authenticator.AuthenticateAsync(request.Username ?? "", request.Password ?? "", http.RequestAborted);
        if (outcome is SignInOutcome.Locked) return OAuthError.Of(Errors.InvalidGrant, "The account is locked for a while.");
        if (outcome is not SignInOutcome.Success { User: var user }) return OAuthError.Of(Errors.InvalidGrant, "Invalid user credentials.");
        // As in Keycloak: whoever has a second factor shows it here too, and whoever has something to do first signs in by the page.
        if (user.HasOtp && await verifier.VerifyAsync(user, (string?)request["totp"] ?? "", http.RequestAborted) is not SignInOutcome.Success)
            return OAuthError.Of(Errors.InvalidGrant, "Invalid user credentials.");
        if (user.Profile.RequiredActions.Count > 0) return OAuthError.Of(Errors.InvalidGrant, "Account is not fully set up.");
        var session = await sessions.StartAsync(http, user, user.HasOtp ? [SignInMethods.Password, SignInMethods.OneTimePassword] : [SignInMethods.Password]);
        await sessions.EnterAsync(session.Id, client.Id, http.RequestAborted);
        return ForPerson(client, user, scopes, session);
    }

    private IResult ActAsServiceAccount(HttpContext http, RealmClient client, GrantedScopes scopes)
    {
        if (realm.FindServiceAccount(client.Id) is not { } account)
            return OAuthError.Of(Errors.UnauthorizedClient, "The client has no service account.");
        var address = http.Connection.RemoteIpAddress?.ToString() ?? "";
        var notes = new Dictionary<string, string> { ["client_id"] = client.Id, ["clientHost"] = address, ["clientAddress"] = address };
        var principal = TokenPrincipal.ForTokens(new ClaimSource(realm, client, account, scopes, notes), sessionId: null);
        return Issue(principal, new() { ["refresh_expires_in"] = 0L }, scopes);
    }

    private IResult ForPerson(RealmClient client, RealmUser user, GrantedScopes scopes, UserSession session)
    {
        var lifetime = sessions.RefreshLifetime(session);
        var sessionId = session.Id.ToString();
        var signedInAt = session.SignedInAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var source = new ClaimSource(realm, client, user, scopes, new Dictionary<string, string>
        {
            ["AUTH_TIME"] = signedInAt,
            [SessionNotes.Methods] = session.Methods,
            [SessionNotes.Level] = session.HasSecondFactor ? "2" : "1",
        });
        return Issue(
            TokenPrincipal.ForTokens(source, sessionId).SetRefreshTokenLifetime(lifetime),
            new() { ["refresh_expires_in"] = (long)lifetime.TotalSeconds, ["session_state"] = sessionId },
            scopes);
    }

    /// <summary>Adds what Keycloak's answer has beyond the standard's.</summary>
    private static IResult Issue(ClaimsPrincipal principal, Dictionary<string, object?> parameters, GrantedScopes scopes)
    {
        parameters["not-before-policy"] = 0L;
        parameters["scope"] = string.Join(' ', scopes.Names.Order(StringComparer.Ordinal));
        return Results.SignIn(principal, new AuthenticationProperties(null, parameters), Scheme);
    }
}
