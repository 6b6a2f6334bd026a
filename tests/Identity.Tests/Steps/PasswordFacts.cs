using System.Text.Json.Nodes;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Steps;

public sealed class PasswordFacts(SharedProvider provider) : IDisposable
{
    private const string Second = "a second and better one";
    private readonly Browser _browser = new(provider.Identity.Url);
    private readonly Application _cli = Application.Cli(provider.Identity);
    private readonly Provisioning _admin = new(provider.Identity.Url);

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_a_mailed_link_that_works_once()
    {
        var person = await _admin.PersonAsync();
        var former = await _cli.SignInAsync(_browser, person.Email, Person.FirstPassword);
        var sent = await AskAsync(person.Email);
        var link = await provider.Inbox.LinkAsync(person.Email);

        var page = await _browser.OpenAsync(link);
        var done = await _browser.SubmitAsync(page, ("password-new", Second), ("password-confirm", Second));

        Assert.Contains("data-done=\"sent\"", sent.Html, StringComparison.Ordinal);
        Assert.Contains("data-done=\"steps\"", done.Html, StringComparison.Ordinal);
        Assert.Equal("invalid_grant", (await _cli.RefreshAsync(former)).Error());
        Assert.Equal("expired_link", (await _browser.OpenAsync(link)).Error);
        Assert.Equal("stale_page", (await _browser.SubmitAsync(page, ("password-new", "a third try to set one"), ("password-confirm", "a third try to set one"))).Error);
        using var later = new Browser(provider.Identity.Url);
        Assert.Equal("invalid_credentials", (await SignInAsync(later, person, Person.FirstPassword)).Error);
        Assert.NotNull((await SignInAsync(later, person, Second)).Answer("code"));
        await provider.Inbox.LetterAsync(person.Email, count: 2);
    }

    [Fact]
    public async Task Asking_for_a_link_says_the_same_whether_or_not_there_is_an_account()
    {
        var person = await _admin.PersonAsync();
        var nobody = $"nobody{Guid.NewGuid():N}@people.example";

        var known = await AskAsync(person.Email);
        var unknown = await AskAsync(nobody);
        await provider.Inbox.LinkAsync(person.Email);

        Assert.Equal(Body(known), Body(unknown));
        Assert.Equal(0, await provider.Inbox.CountAsync(nobody));
    }

    [Fact]
    public async Task Nobodys_mailbox_is_filled_by_asking_again_and_again()
    {
        var (person, other) = (await _admin.PersonAsync(), await _admin.PersonAsync());
        for (var index = 0; index < 5; index++) await AskAsync(person.Email);
        await AskAsync(other.Email);
        await provider.Inbox.LinkAsync(other.Email);

        Assert.Equal(1, await provider.Inbox.CountAsync(person.Email));
    }

    [Theory]
    [InlineData("short", "password_too_short")]
    [InlineData("password12345", "password_common")]
    [InlineData(Person.FirstPassword, "password_used_before")]
    public async Task A_new_password_follows_the_policy(string password, string error)
    {
        var person = await _admin.PersonAsync("UPDATE_PASSWORD");
        var page = await SignInAsync(_browser, person, Person.FirstPassword);

        var refused = await _browser.SubmitAsync(page, ("password-new", password), ("password-confirm", password));
        var differing = await _browser.SubmitAsync(refused, ("password-new", Second), ("password-confirm", "another one entirely"));
        var accepted = await _browser.SubmitAsync(differing, ("password-new", Second), ("password-confirm", Second));

        Assert.Equal(error, refused.Error);
        Assert.Equal("passwords_differ", differing.Error);
        Assert.NotNull(accepted.Answer("code"));
    }

    [Fact]
    public async Task What_is_asked_before_the_sign_in_cannot_be_skipped()
    {
        var person = await _admin.PersonAsync("UPDATE_PASSWORD");
        var page = await SignInAsync(_browser, person, Person.FirstPassword);

        var skipped = await _browser.SubmitAsync(page with { Html = page.Html.Replace("value=\"UPDATE_PASSWORD\"", "value=\"recovery-codes\"", StringComparison.Ordinal) });
        var aside = await _browser.OpenAsync(_cli.AuthorizationUrl());

        Assert.Contains("kc-passwd-update-form", skipped.Html, StringComparison.Ordinal);
        Assert.Contains("kc-form-login", aside.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_is_confirmed_before_the_first_sign_in()
    {
        var person = await _admin.PersonAsync();
        await _admin.SendAsync(HttpMethod.Put, $"/users/{person.Id}", new JsonObject { ["emailVerified"] = false });
        var waiting = await SignInAsync(_browser, person, Person.FirstPassword);
        var notYet = await _browser.SubmitAsync(waiting);
        using var phone = new Browser(provider.Identity.Url);
        var confirmed = await phone.SubmitAsync(await phone.OpenAsync(await provider.Inbox.LinkAsync(person.Email)));

        var signedIn = await _browser.SubmitAsync(notYet);

        Assert.Contains("kc-verify-email-form", waiting.Html, StringComparison.Ordinal);
        Assert.Equal("email_not_verified", notYet.Error);
        Assert.Contains("data-done=\"steps\"", confirmed.Html, StringComparison.Ordinal);
        Assert.True((bool?)(await _cli.ExchangeAsync(signedIn)).Claims()["email_verified"]);
    }

    [Fact]
    public async Task A_mailed_link_that_was_changed_is_refused()
    {
        var person = await _admin.PersonAsync();
        await AskAsync(person.Email);
        var link = await provider.Inbox.LinkAsync(person.Email);
        var key = link.IndexOf("key=", StringComparison.Ordinal) + 10;

        var screen = await _browser.OpenAsync(link[..key] + (link[key] == 'A' ? 'B' : 'A') + link[(key + 1)..]);

        Assert.Equal("expired_link", screen.Error);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _cli.Dispose();
        _admin.Dispose();
    }

    private async Task<Screen> AskAsync(string email)
    {
        using var browser = new Browser(provider.Identity.Url);
        var page = await browser.OpenAsync(_cli.AuthorizationUrl());
        var question = await browser.OpenAsync(page.Link("reset-credentials"));
        return await browser.SubmitAsync(question, ("username", email));
    }

    private async Task<Screen> SignInAsync(Browser browser, Person person, string password) =>
        await browser.SignInAsync(await browser.OpenAsync(_cli.AuthorizationUrl()), person.Email, password);

    // Without the sealed request, which is another at each page.
    private static string Body(Screen screen) => screen.Html[..screen.Html.IndexOf("class=\"aside\"", StringComparison.Ordinal)];
}
