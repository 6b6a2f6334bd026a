using Platform.Errors;
using Platform.Gateway.Sessions.SignIn;

namespace Platform.Gateway.Sessions.Api;

/// <summary>Sends the browser to the identity server; it comes back to <c>/bff/callback</c>, and from there to <c>returnUrl</c>.</summary>
internal static class Login
{
    private static readonly Error BadReturnUrl = Error.Invalid("returnUrl", "Give a path of this address, such as '/' or '/sessions'.");

    public static Task Handle(HttpContext context, SignInChallenge challenge, string returnUrl = "/") =>
        ReturnUrl.IsLocal(returnUrl) ? challenge.SendAsync(context, returnUrl, organization: null) : Problems.RespondAsync(context, BadReturnUrl);
}
