using Microsoft.AspNetCore.Antiforgery;
using OpenIddict.Abstractions;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;

namespace Platform.Identity.SignOut;

internal sealed class SignOutPages(IAntiforgery antiforgery, RealmAddresses addresses, Assets assets)
{
    public IResult Question(HttpContext http, OpenIddictRequest request)
    {
        var language = Locale.Of(http, request);
        var texts = Texts.In(language);
        var forgeryToken = antiforgery.GetAndStoreTokens(http);
        var parameters = request.GetParameters()
            .Where(parameter => parameter.Key != forgeryToken.FormFieldName)
            .Select(parameter => Html.Of($"""<input type="hidden" name="{parameter.Key}" value="{(string?)parameter.Value}">"""));
        return new Page(language, texts.SignOut, Html.Of($"""
            <h1>{texts.SignOutQuestion}</h1>
            <p class="lead">{texts.SignOutMore}</p>
            <form id="kc-logout" method="post" action="{addresses.EndSession}">
            <input type="hidden" name="{forgeryToken.FormFieldName}" value="{forgeryToken.RequestToken}">
            {parameters}
            <button class="primary" type="submit" autofocus>{texts.SignOut}</button>
            </form>
            """)) { FormTargets = Origin(request.PostLogoutRedirectUri) }.Render(assets);
    }

    public IResult Done(HttpContext http, OpenIddictRequest request)
    {
        var language = Locale.Of(http, request);
        var texts = Texts.In(language);
        return new Page(language, texts.SignedOut, Html.Of($"""
            <h1>{texts.SignedOut}</h1>
            <p class="lead">{texts.SignedOutMore}</p>
            """)).Render(assets);
    }

    private static string Origin(string? redirectUri) =>
        Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority) : "";
}
