using Keycloak.AuthServices.Authentication;
using Keycloak.AuthServices.Common;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Platform.Gateway.Pages;
using Platform.Gateway.Sessions.Storage;

namespace Platform.Gateway.Sessions.SignIn;

/// <summary>
/// The sign-in itself is ASP.NET Core's OpenID Connect handler: authorization code with PKCE, the state sealed and bound to the
/// browser by a cookie of its own, the nonce likewise. What it ends with goes to <see cref="SessionSignInHandler"/>.
/// </summary>
internal static class OpenIdConnectSetup
{
    /// <summary>Where the identity server sends the browser back to.</summary>
    public const string CallbackPath = "/bff/callback";

    private static readonly TimeSpan SignInTimeout = TimeSpan.FromMinutes(30);

    public static void Configure(OpenIdConnectOptions oidc, SessionOptions sessions, KeycloakAuthenticationOptions keycloak, SecretProtector protector)
    {
        oidc.Authority = keycloak.KeycloakUrlRealm;
        oidc.RequireHttpsMetadata = keycloak.SslRequired is not "none";
        oidc.ClientId = sessions.ClientId;
        oidc.ClientSecret = sessions.ClientSecret;
        oidc.CallbackPath = CallbackPath;
        oidc.SignInScheme = SessionSetup.SessionScheme;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.SaveTokens = true;
        oidc.DisableTelemetry = true;
        oidc.MapInboundClaims = false;
        oidc.DataProtectionProvider = protector;
        oidc.RemoteAuthenticationTimeout = SignInTimeout;
        // A single sign-on that is older lets nobody in again without being asked who they are.
        oidc.MaxAge = sessions.Lifetime;
        oidc.Scope.Clear();
        foreach (var scope in Scopes(null))
            oidc.Scope.Add(scope);
        // There are no front-channel pages of the handler's own.
        oidc.RemoteSignOutPath = default;
        oidc.SignedOutCallbackPath = default;
        ShapeCookies(oidc, sessions);
        oidc.Events.OnRedirectToIdentityProvider = context => ToPublicUrl(context, sessions);
        oidc.Events.OnTokenValidated = context => RefuseOld(context, sessions);
        oidc.Events.OnRemoteFailure = context =>
        {
            context.HandleResponse();
            return context.HttpContext.RequestServices.GetRequiredService<SignInFailedPage>().WriteAsync(context.HttpContext, context.Failure);
        };
    }

    /// <summary>What is asked for: the person, and one organization, which the person chooses where none is named.</summary>
    public static IReadOnlyList<string> Scopes(string? organization) =>
        [OpenIdConnectScope.OpenId, organization is null ? "organization" : $"organization:{organization}"];

    private static void ShapeCookies(OpenIdConnectOptions oidc, SessionOptions sessions)
    {
        var secure = sessions.PublicUrl is { Scheme: "https" } ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
        foreach (var cookie in (CookieBuilder[])[oidc.CorrelationCookie, oidc.NonceCookie])
        {
            // The answer is a navigation of the top window, with which Lax cookies go.
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = secure;
        }

        oidc.CorrelationCookie.Name = "platform-sign-in.";
        oidc.NonceCookie.Name = "platform-nonce.";
        oidc.NonceCookie.Expiration = SignInTimeout;
    }

    // That the identity server was told how old a sign-in may be is the browser's word, which anybody can change: what it answers counts.
    private static Task RefuseOld(TokenValidatedContext context, SessionOptions sessions)
    {
        var now = context.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (SignInTime.Of(context.Principal!) is { } time && time + sessions.Lifetime + SignInTime.Leeway < now)
            context.Fail("The person signed in longer ago than a session lasts.");
        return Task.CompletedTask;
    }

    private static Task ToPublicUrl(RedirectContext context, SessionOptions sessions)
    {
        if (sessions.PublicUrl is { } publicUrl)
            context.ProtocolMessage.RedirectUri = publicUrl.GetLeftPart(UriPartial.Authority) + CallbackPath;
        return Task.CompletedTask;
    }
}
