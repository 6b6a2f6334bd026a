using Microsoft.AspNetCore.Antiforgery;
using Platform.Identity.Brokering;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Passkeys;
using Platform.Identity.Realms;
using Platform.Identity.Steps;

namespace Platform.Identity.SignIn;

/// <summary>What the login page has to say about the last attempt; <see cref="Code"/> is for programs.</summary>
internal sealed record LoginMessage(string Code, string Text);

internal sealed class LoginPage(
    IAntiforgery antiforgery, LoginFlowSeal seal, RealmAddresses addresses, DemoAccounts demoAccounts, Realm realm, PasskeyCeremony passkeys,
    PasskeyChallengeSeal challenges, Assets assets)
{
    /// <summary>The button that asks for the sign-in of the address's organization, in place of the password.</summary>
    public const string Company = "company";

    public IResult Render(HttpContext http, LoginFlow flow, string application, LoginMessage? message = null, string? userName = null)
    {
        var texts = Texts.In(flow.Language);
        var forgeryToken = antiforgery.GetAndStoreTokens(http);
        var content = Html.Of($"""
            <h1>{texts.SignIn}</h1>
            <p class="lead">{texts.SignInTo} <strong>{application}</strong></p>
            {Message(message)}
            <form id="kc-form-login" method="post" action="{addresses.Authenticate}" novalidate>
            <input type="hidden" name="{forgeryToken.FormFieldName}" value="{forgeryToken.RequestToken}">
            <input type="hidden" name="flow" value="{seal.Seal(flow)}">
            {Fields(texts, userName ?? flow.LoginHint, message)}
            <button class="primary" type="submit">{texts.Continue}</button>
            {Html.When(realm.AllProviders.Any(provider => provider.Enabled && provider.TakesAddresses), $"""<button class="secondary" type="submit" name="{Company}" value="yes">{BrokerTexts.In(flow.Language).CompanySignIn}</button>""")}
            {Forgot(flow)}
            {demoAccounts.Render(texts)}
            </form>
            {Passkey(http, flow, texts)}
            """);
        return new Page(flow.Language, texts.SignIn, content)
        {
            LanguageLink = flow.Restart(addresses, Page.Other(flow.Language)),
            FormTargets = FormTarget(flow.RedirectUri),
        }.Render(assets);
    }

    // Hidden until the script finds that the browser knows passkeys.
    private Html Passkey(HttpContext http, LoginFlow flow, Texts texts)
    {
        var (forgeryToken, asked) = (antiforgery.GetAndStoreTokens(http), passkeys.Challenge());
        return Html.Of($"""
            <form id="webauth" method="post" action="{addresses.Passkey}" hidden data-passkey-form>
            <input type="hidden" name="{forgeryToken.FormFieldName}" value="{forgeryToken.RequestToken}">
            <input type="hidden" name="flow" value="{seal.Seal(flow)}">
            <input type="hidden" name="challenge" value="{challenges.Seal(asked)}">
            <input type="hidden" name="credential" value="">
            <button class="secondary" type="button" data-passkey="get" data-options="{asked}">{texts.Passkey}</button>
            </form>
            """);
    }

    private Html Forgot(LoginFlow flow) => Html.When(realm.Settings.ResetPasswordAllowed, $"""
        <p class="aside"><a href="{addresses.ResetCredentials}?flow={Uri.EscapeDataString(seal.Seal(flow))}">{StepTexts.In(flow.Language).Forgot}</a></p>
        """);

    private static Html Message(LoginMessage? message) => Html.When(
        message is not null, $"""<p class="message" role="alert" id="message" data-error="{message?.Code}">{message?.Text}</p>""");

    private static Html Fields(Texts texts, string? userName, LoginMessage? message)
    {
        var invalid = message?.Code is LoginErrors.WrongCredentials or LoginErrors.MissingCredentials;
        var state = invalid ? Html.Of($""" aria-invalid="true" aria-describedby="message" """) : Html.Empty;
        var focus = Html.Of($" autofocus");
        return Html.Of($"""
            <div class="field">
            <label for="username">{texts.UserName}</label>
            <input id="username" name="username" type="email" inputmode="email" autocomplete="username" autocapitalize="none" spellcheck="false" required value="{userName}"{state}{(string.IsNullOrEmpty(userName) ? focus : Html.Empty)}>
            </div>
            <div class="field">
            <label for="password">{texts.Password}</label>
            <div class="secret">
            <input id="password" name="password" type="password" autocomplete="current-password" required{state}{(string.IsNullOrEmpty(userName) ? Html.Empty : focus)}>
            <button class="reveal" type="button" aria-pressed="false" aria-controls="password" aria-label="{texts.ShowPassword}" hidden></button>
            </div>
            <p class="hint" id="caps" role="status" data-text="{texts.CapsLock}"></p>
            </div>
            """);
    }

    // Browsers apply form-action to the redirects after the form as well, and the last one leads to the application.
    public static string FormTarget(string? redirectUri) =>
        !Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri) ? ""
        : uri.Scheme is "http" or "https" ? uri.GetLeftPart(UriPartial.Authority)
        : uri.Scheme + ":";
}
