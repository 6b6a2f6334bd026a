using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Platform.Errors;

namespace Platform.Gateway.Sessions.SignIn;

/// <summary>Begins a sign-in: the answer is a redirect to the identity server.</summary>
internal sealed class SignInChallenge(SessionCookie cookie, IdentityServer identity)
{
    /// <summary>Redirects; whoever is signed in at the identity server already comes back at once.</summary>
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
        await context.ChallengeAsync(SessionSetup.SignInScheme, properties);
    }
}
