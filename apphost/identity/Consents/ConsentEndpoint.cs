using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;
using Platform.Identity.Tokens;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Consents;

/// <summary>Where the answer to the consent page is sent.</summary>
internal sealed class ConsentEndpoint(
    Realm realm, RealmAddresses addresses, LoginFlowSeal seal, SessionStore sessions, ConsentBook book, IAntiforgery antiforgery, ErrorPage errorPage)
{
    public async Task<IResult> Handle(HttpContext http)
    {
        if (!http.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(http)) return errorPage.Stale(http);
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (seal.Open(form["flow"]) is not { } flow || seal.IsStale(flow) || realm.FindClient(flow.ClientId) is not { } client) return errorPage.Stale(http);
        if (await SessionCookie.ReadAsync(http, sessions) is not { } current) return Results.Redirect(flow.Restart(addresses));
        if (!form.ContainsKey("accept")) return Refuse(flow, client) ?? errorPage.Stale(http);
        if (GrantedScopes.Resolve(client, flow.Request.GetValueOrDefault(Parameters.Scope)) is not { } scopes) return errorPage.Stale(http);
        await book.GrantAsync(http, current.User, client, scopes);
        return Results.Redirect(flow.Resume(addresses));
    }

    private IResult? Refuse(LoginFlow flow, RealmClient client)
    {
        if (flow.RedirectUri is not { } redirectUri || !client.AllowsRedirect(redirectUri)) return null;
        var answer = new Dictionary<string, string?>
        {
            [Parameters.Error] = Errors.AccessDenied,
            [Parameters.ErrorDescription] = "The user did not allow it.",
            [Parameters.State] = flow.Request.GetValueOrDefault(Parameters.State),
            [Parameters.Iss] = addresses.Issuer.ToString(),
        };
        return Results.Redirect(QueryHelpers.AddQueryString(redirectUri, answer.Where(pair => pair.Value is not null)));
    }
}
