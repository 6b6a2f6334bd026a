using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Platform.Errors;
using Platform.Gateway.Sessions.Storage;

namespace Platform.Gateway.Sessions.SignIn;

/// <summary>Begins a sign-in: the answer is a redirect to the identity server.</summary>
internal sealed class SignInChallenge(SessionCookie cookie, SessionStore sessions, IdentityServer identity)
{
    /// <summary>
    /// Redirects; whoever is signed in at the identity server already comes back at once, but for a browser whose session has ended because
    /// nobody used it: who sits there now is asked, or else the end would be none.
    /// </summary>
    /// <param name="returnUrl">A path that <see cref="ReturnUrl"/> has checked.</param>
    /// <param name="organization">Alias of the tenant to work in; null where the person is to choose.</param>
    public async Task SendAsync(HttpContext context, string returnUrl, string? organization)
    {
        if (!cookie.IsAllowed(context.Request))
        {
            await Problems.RespondAsync(context, SessionErrors.HttpsNeeded);
            return;
        }

        try
        {
            await identity.ConfigurationAsync(context.RequestAborted);
        }
        catch (InvalidOperationException)
        {
            context.Response.Headers.RetryAfter = "2";
            await Problems.RespondAsync(context, SessionErrors.IdentityUnavailable);
            return;
        }

        var properties = new OpenIdConnectChallengeProperties { RedirectUri = returnUrl, Scope = [.. OpenIdConnectSetup.Scopes(organization)] };
        if (cookie.TryRead(context.Request, out var former) && await sessions.WasLeftAsync(former.Key, context.RequestAborted))
            properties.Prompt = OpenIdConnectPrompt.Login;
        await context.ChallengeAsync(SessionSetup.SignInScheme, properties);
    }
}
