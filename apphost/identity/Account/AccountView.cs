using System.Globalization;
using Microsoft.AspNetCore.Antiforgery;
using Platform.Identity.Hosting;
using Platform.Identity.Pages;
using Platform.Identity.Realms;
using Platform.Identity.Sessions;
using Platform.Identity.SignIn;
using Platform.Identity.Steps;

namespace Platform.Identity.Account;

/// <summary>Who looks at their own pages, in which session and language.</summary>
internal sealed record AccountVisit(RealmUser User, UserSession Session, Language Language)
{
    public AccountTexts Texts => AccountTexts.In(Language);
}

/// <summary>The frame of the account pages: navigation, message, forms.</summary>
internal sealed class AccountView(IAntiforgery antiforgery, RealmAddresses addresses, Assets assets)
{
    public const string Profile = "";
    public const string Security = "/security";
    public const string Devices = "/sessions";
    public const string Applications = "/applications";

    public IResult Render(HttpContext http, AccountVisit visit, string page, Html content, LoginMessage? message = null)
    {
        var texts = visit.Texts;
        return new Page(visit.Language, texts.Title, Html.Of($"""
            <header class="account-head">
            <div><h1>{texts.Title}</h1><p class="lead">{visit.User.FullName} · {visit.User.Username}</p></div>
            <a class="small" href="{addresses.EndSession}">{texts.SignOut}</a>
            </header>
            <nav class="tabs" aria-label="{texts.Title}">
            {Tab(visit, page, Profile, texts.Profile)}{Tab(visit, page, Security, texts.Security)}{Tab(visit, page, Devices, texts.Devices)}{Tab(visit, page, Applications, texts.Applications)}
            </nav>
            {Message(http, visit, message)}
            {content}
            """))
        {
            Layout = "account",
            LanguageLink = Url(page, Page.Other(visit.Language)),
        }.Render(assets);
    }

    public Html Form(HttpContext http, AccountVisit visit, string action, Html fields, string classes = "")
    {
        var token = antiforgery.GetAndStoreTokens(http);
        return Html.Of($"""
            <form class="{classes}" method="post" action="{Url(action, visit.Language)}" novalidate>
            <input type="hidden" name="{token.FormFieldName}" value="{token.RequestToken}">
            {fields}
            </form>
            """);
    }

    /// <summary>A form that is one button.</summary>
    public Html Button(HttpContext http, AccountVisit visit, string action, string text, string? name = null, string? value = null) => Form(http, visit, action, Html.Of($"""
        {Html.When(name is not null, $"""<input type="hidden" name="{name}" value="{value}">""")}<button class="small" type="submit">{text}</button>
        """), "inline");

    public string Path(string page) => addresses.Account + page;

    public string Url(string page, Language language) => $"{Path(page)}?{Locale.Parameter}={language.Code()}";

    /// <summary>Back to a page after something was done there.</summary>
    public IResult Done(AccountVisit visit, string page, string what) => Results.Redirect($"{Url(page, visit.Language)}&done={what}");

    /// <summary>The day and the time; the process has no cultures but the invariant one.</summary>
    public static string Day(DateTimeOffset time, Language language) => string.Create(
        CultureInfo.InvariantCulture, $"{time.Day} {AccountTexts.In(language).Months[time.Month - 1]} {time.Year}, {time.UtcDateTime:HH:mm} UTC");

    private Html Tab(AccountVisit visit, string current, string page, string text)
    {
        var here = current == page ? Html.Of($""" aria-current="page" """) : Html.Empty;
        return Html.Of($"""<a href="{Url(page, visit.Language)}"{here}>{text}</a>""");
    }

    private static Html Message(HttpContext http, AccountVisit visit, LoginMessage? message)
    {
        if (message is not null) return StepPages.Message(message);
        var text = http.Request.Query["done"].ToString() switch
        {
            "saved" => visit.Texts.Saved,
            "password" => visit.Texts.PasswordSaved,
            "ended" => visit.Texts.SignedOutDevice,
            "revoked" => visit.Texts.Revoked,
            _ => null,
        };
        return Html.When(text is not null, $"""<p class="notice" role="status">{text}</p>""");
    }
}
