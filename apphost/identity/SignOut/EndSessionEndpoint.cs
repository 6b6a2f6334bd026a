using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using OpenIddict.Server.AspNetCore;
using Platform.Identity.Brokering;
using Platform.Identity.Brokering.Saml;
using Platform.Identity.Pages;
using Platform.Identity.Sessions;
using Platform.Identity.Tokens;

namespace Platform.Identity.SignOut;

/// <summary>
/// RP-initiated logout. An application that shows the identity token of the session may end it at once; anybody else could be a
/// link in a mail, so the person is asked.
/// </summary>
internal sealed class EndSessionEndpoint(SessionStore sessions, SessionEnd end, IAntiforgery antiforgery, SignOutPages pages, SamlSignOut saml, OidcSignOut oidc, ErrorPage errorPage)
{
    private const string Scheme = OpenIddictServerAspNetCoreDefaults.AuthenticationScheme;

    public async Task<IResult> Handle(HttpContext http)
    {
        if (http.GetOpenIddictServerResponse() is { Error: not null } refusal) return errorPage.Render(http, refusal);
        var request = http.GetOpenIddictServerRequest()!;
        var current = await SessionCookie.ReadAsync(http, sessions);
        var hinted = await HintedSessionAsync(http);
        var confirmed = (hinted is not null && hinted == current?.Session.Id)
            || (http.Request.HasFormContentType && await antiforgery.IsRequestValidAsync(http));
        if (current is not null && !confirmed) return pages.Question(http, request);

        if (hinted is { } id) await end.EndAsync(http, id);
        if (current is { } signedIn) await end.EndAsync(http, signedIn.Session.Id);
        await http.SignOutAsync(SessionCookie.Scheme);
        // Whose sign-in began at a customer's server is led there, to be signed out as well.
        if (current is { Session: var ended } && (saml.Leave(http, ended, request) ?? await oidc.LeaveAsync(http, ended, request)) is { } onward) return onward;
        return string.IsNullOrEmpty(request.PostLogoutRedirectUri)
            ? pages.Done(http, request)
            : Results.SignOut(new AuthenticationProperties(), [Scheme]);
    }

    private static async Task<Guid?> HintedSessionAsync(HttpContext http)
    {
        var hint = await http.AuthenticateAsync(Scheme);
        return Guid.TryParse(hint.Principal?.FindFirstValue(TokenPrincipal.SessionId), out var id) ? id : null;
    }
}
