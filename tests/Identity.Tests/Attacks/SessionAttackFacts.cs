using System.Net;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Attacks;

public sealed class SessionAttackFacts(SharedProvider provider) : IDisposable
{
    private readonly Browser _victim = new(provider.Identity.Url);
    private readonly Browser _attacker = new(provider.Identity.Url);
    private readonly Application _cli = Application.Cli(provider.Identity);
    private readonly Provisioning _admin = new(provider.Identity.Url);

    // What stops it: a sign-in starts a new session and ends the one that the browser came with.
    [Fact]
    public async Task A_session_that_was_planted_is_not_the_one_that_the_person_signs_in_to()
    {
        var (mallory, person) = (await _admin.PersonAsync(), await _admin.PersonAsync());
        var planted = await _cli.SignInAsync(_attacker, mallory.Email, Person.FirstPassword);
        foreach (Cookie cookie in _attacker.Cookies.GetAllCookies()) _victim.Cookies.Add(cookie);

        var page = await _victim.OpenAsync(_cli.AuthorizationUrl(("prompt", "login")));
        var tokens = await _cli.ExchangeAsync(await _victim.SignInAsync(page, person.Email, Person.FirstPassword));

        Assert.NotEqual((string?)planted.Claims()["sid"], (string?)tokens.Claims()["sid"]);
        Assert.Equal("login_required", (await _attacker.OpenAsync(_cli.AuthorizationUrl(("prompt", "none")))).Answer("error"));
        Assert.Equal("invalid_grant", (await _cli.RefreshAsync(planted)).Error());
    }

    // What stops it: the form is bound to the browser's own cookie, so that nobody can be signed in as somebody else unawares.
    [Fact]
    public async Task Nobody_is_signed_in_as_the_attacker_by_a_form_from_elsewhere()
    {
        var mallory = await _admin.PersonAsync();
        var theirs = await _attacker.OpenAsync(_cli.AuthorizationUrl());

        var screen = await _victim.SignInAsync(theirs, mallory.Email, Person.FirstPassword);

        Assert.Equal("page_expired", screen.Error);
        Assert.Equal("login_required", (await _victim.OpenAsync(_cli.AuthorizationUrl(("prompt", "none")))).Answer("error"));
    }

    // What stops it: the half-done sign-in is sealed and its form bound to the browser that gave the password.
    [Fact]
    public async Task A_half_done_sign_in_cannot_be_taken_over_by_another_browser()
    {
        var person = await _admin.PersonAsync("CONFIGURE_TOTP");
        var half = await _victim.SignInAsync(await _victim.OpenAsync(_cli.AuthorizationUrl()), person.Email, Person.FirstPassword);

        Assert.Equal("stale_page", (await _attacker.SubmitAsync(half, ("totp", AuthenticatorApp.Scan(half).Code()))).Error);
    }

    // What stops it: what is sealed for one purpose does not open for another.
    [Fact]
    public async Task A_mailed_link_does_not_pass_for_a_sign_in()
    {
        var person = await _admin.PersonAsync("UPDATE_PASSWORD");
        var half = await _victim.SignInAsync(await _victim.OpenAsync(_cli.AuthorizationUrl()), person.Email, Person.FirstPassword);
        var steps = half.Html.Split("name=\"steps\" value=\"")[1].Split('"')[0];

        var screen = await _attacker.OpenAsync($"{provider.Identity.Issuer}/login-actions/action-token?key={steps}");

        Assert.Equal("expired_link", screen.Error);
    }

    // What stops it: the account's cookie is for this server alone, out of the reach of scripts, and not sent by other sites' forms.
    [Fact]
    public async Task The_session_cookie_is_hidden_from_scripts_and_other_sites()
    {
        var person = await _admin.PersonAsync();
        await _cli.SignInAsync(_victim, person.Email, Person.FirstPassword);
        var cookies = _victim.Cookies.GetAllCookies().ToList();

        Assert.All(cookies, cookie => Assert.True(cookie.HttpOnly));
        Assert.All(cookies, cookie => Assert.StartsWith("/realms/platform/", cookie.Path, StringComparison.Ordinal));
    }

    // What stops it: a page of one's own account is only returned to within the account.
    [Theory]
    [InlineData("/account?kc_locale=en&return=//evil.example")]
    [InlineData("/account//evil.example")]
    [InlineData("/account/%2F%2Fevil.example")]
    public async Task A_sign_in_to_ones_account_leads_nowhere_else(string path)
    {
        var person = await _admin.PersonAsync();
        var page = await _victim.OpenAsync($"{provider.Identity.Issuer}{path}");
        if (page.Status == 404) return;

        var screen = await _victim.SignInAsync(page, person.Email, Person.FirstPassword);

        Assert.Null(screen.LeftFor);
        Assert.Equal(200, screen.Status);
    }

    public void Dispose()
    {
        _victim.Dispose();
        _attacker.Dispose();
        _cli.Dispose();
        _admin.Dispose();
    }
}
