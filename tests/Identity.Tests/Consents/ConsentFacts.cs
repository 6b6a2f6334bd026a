using System.Net;
using System.Text.Json.Nodes;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Consents;

public sealed class ConsentFacts(SharedProvider provider) : IDisposable
{
    private readonly Browser _browser = new(provider.Identity.Url);
    private readonly Application _app = Application.Example(provider.Identity.Issuer);
    private readonly Provisioning _admin = new(provider.Identity.Url);

    [Fact]
    public async Task An_external_application_asks_in_plain_words_and_gets_what_was_allowed()
    {
        var person = await _admin.PersonAsync();
        var question = await AskAsync(person, "openid contacts.read");

        var tokens = await _app.ExchangeAsync(await _browser.SubmitAsync(question, ("accept", "yes")));
        var again = await _browser.OpenAsync(_app.AuthorizationUrl(("scope", "openid contacts.read")));

        Assert.Contains("See your contacts, companies and their history", question.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("platform-api", question.Html, StringComparison.Ordinal);
        Assert.Equal(200, question.Status);
        Assert.Contains("contacts.read", ((string)tokens.Claims()["scope"]!).Split(' '));
        Assert.DoesNotContain("deals.read", (string?)tokens.Claims()["scope"], StringComparison.Ordinal);
        Assert.Null(tokens.Claims()["resource_access"]);
        Assert.NotNull(again.Answer("code"));
    }

    [Fact]
    public async Task More_than_was_allowed_is_asked_again()
    {
        var person = await _admin.PersonAsync();
        await _browser.SubmitAsync(await AskAsync(person, "openid contacts.read"), ("accept", "yes"));

        var more = await _browser.OpenAsync(_app.AuthorizationUrl(("scope", "openid contacts.read deals.write")));
        var silent = await _browser.OpenAsync(_app.AuthorizationUrl(("scope", "openid deals.write"), ("prompt", "none")));

        Assert.Contains("data-scope=\"deals.write\"", more.Html, StringComparison.Ordinal);
        Assert.Equal("consent_required", silent.Answer("error"));
    }

    [Fact]
    public async Task Whoever_does_not_allow_it_is_sent_back_with_access_denied()
    {
        var question = await AskAsync(await _admin.PersonAsync(), "openid contacts.read");
        var refused = await _browser.SubmitAsync(question, ("cancel", "yes"));

        Assert.Equal("access_denied", refused.Answer("error"));
        Assert.Equal("the state", refused.Answer("state"));
        Assert.Contains("kc-oauth-form", (await _browser.OpenAsync(_app.AuthorizationUrl(("scope", "openid contacts.read")))).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Consent_is_not_given_by_a_form_from_another_site()
    {
        using var other = new Browser(provider.Identity.Url);
        var theirs = await other.SignInAsync(
            await other.OpenAsync(_app.AuthorizationUrl(("scope", "openid contacts.read"))), (await _admin.PersonAsync()).Email, Person.FirstPassword);
        await AskAsync(await _admin.PersonAsync(), "openid contacts.read");

        Assert.Equal("stale_page", (await _browser.SubmitAsync(theirs, ("accept", "yes"))).Error);
    }

    [Fact]
    public async Task Consent_that_is_taken_back_takes_the_tokens_with_it()
    {
        var person = await _admin.PersonAsync();
        var tokens = await _app.ExchangeAsync(await _browser.SubmitAsync(await AskAsync(person, "openid contacts.read"), ("accept", "yes")));
        var page = await _browser.OpenAsync($"{provider.Identity.Issuer}/account/applications");

        var revoked = await _browser.SubmitAsync(page);

        Assert.Contains("data-client=\"platform-example-app\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-client", revoked.Html, StringComparison.Ordinal);
        Assert.Equal("invalid_grant", (await _app.RefreshAsync(tokens)).Error());
        Assert.Equal(HttpStatusCode.Unauthorized, (await _app.GetAsync("userinfo", tokens.Access())).StatusCode);
        Assert.Contains("kc-oauth-form", (await _browser.OpenAsync(_app.AuthorizationUrl(("scope", "openid contacts.read")))).Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_words_are_Russian_for_whoever_reads_Russian()
    {
        var person = await _admin.PersonAsync();
        var question = await _browser.SignInAsync(
            await _browser.OpenAsync(_app.AuthorizationUrl(("scope", "openid deals.read"), ("kc_locale", "ru"))), person.Email, Person.FirstPassword);

        Assert.Contains("Видеть сделки и предложения", WebUtility.HtmlDecode(question.Html), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_administrator_sees_consents_and_takes_them_back()
    {
        var person = await _admin.PersonAsync();
        await _browser.SubmitAsync(await AskAsync(person, "openid contacts.read"), ("accept", "yes"));
        var before = (await _admin.GetAsync($"/users/{person.Id}/consents")).AsArray();

        var status = await _admin.StatusAsync(HttpMethod.Delete, $"/users/{person.Id}/consents/platform-example-app");

        Assert.Equal("platform-example-app", (string?)before.Single()!["clientId"]);
        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Empty((await _admin.GetAsync($"/users/{person.Id}/consents")).AsArray());
    }

    public void Dispose()
    {
        _browser.Dispose();
        _app.Dispose();
        _admin.Dispose();
    }

    private async Task<Screen> AskAsync(Person person, string scope) =>
        await _browser.SignInAsync(await _browser.OpenAsync(_app.AuthorizationUrl(("scope", scope))), person.Email, Person.FirstPassword);
}
