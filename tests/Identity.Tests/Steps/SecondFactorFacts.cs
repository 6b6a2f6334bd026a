using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Steps;

public sealed partial class SecondFactorFacts(SharedProvider provider) : IDisposable
{
    private readonly Browser _browser = new(provider.Identity.Url);
    private readonly Application _cli = Application.Cli(provider.Identity);
    private readonly Provisioning _admin = new(provider.Identity.Url);

    [Fact]
    public async Task An_organization_that_requires_it_has_its_people_set_up_a_second_factor()
    {
        var person = await _admin.PersonAsync();
        await _admin.OrganizationAsync(new JsonObject { ["second-factor-required"] = new JsonArray("true") }, person);

        var (app, tokens, _) = await SetUpAsync(person);

        Assert.Equal("2", (string?)tokens.Claims()["acr"]);
        Assert.Equal(["pwd", "otp"], tokens.Claims("id_token")["amr"]!.AsArray().Select(method => (string?)method));
        Assert.NotEmpty(app.Code());
    }

    [Fact]
    public async Task A_sign_in_with_the_password_alone_says_so()
    {
        var person = await _admin.PersonAsync();
        var claims = (await _cli.SignInAsync(_browser, person.Email, Person.FirstPassword)).Claims();

        Assert.Equal("1", (string?)claims["acr"]);
        Assert.Equal("""["pwd"]""", claims["amr"]?.ToJsonString());
    }

    [Fact]
    public async Task Whoever_has_a_second_factor_is_asked_for_it_and_a_code_works_once()
    {
        var person = await _admin.PersonAsync("CONFIGURE_TOTP");
        var (app, _, _) = await SetUpAsync(person);
        using var second = new Browser(provider.Identity.Url);
        var question = await PasswordAsync(second, person);
        // The setting up has used the code of this period; the next one's is good already.
        var code = app.Code(later: 1);
        var wrong = await second.SubmitAsync(question, ("otp", "000000"));

        var signedIn = await second.SubmitAsync(wrong, ("otp", $"{code[..3]} {code[3..]}"));

        Assert.Contains("kc-otp-login-form", question.Html, StringComparison.Ordinal);
        Assert.Equal("invalid_totp", wrong.Error);
        Assert.NotNull(signedIn.Answer("code"));
        using var thief = new Browser(provider.Identity.Url);
        Assert.Equal("invalid_totp", (await thief.SubmitAsync(await PasswordAsync(thief, person), ("otp", code))).Error);
    }

    [Fact]
    public async Task A_recovery_code_signs_in_once_where_the_phone_is_lost()
    {
        var person = await _admin.PersonAsync("CONFIGURE_TOTP");
        var (_, _, codes) = await SetUpAsync(person);
        using var second = new Browser(provider.Identity.Url);
        using var third = new Browser(provider.Identity.Url);

        Assert.NotNull((await second.SubmitAsync(await PasswordAsync(second, person), ("otp", codes[0]))).Answer("code"));
        Assert.Equal("invalid_totp", (await third.SubmitAsync(await PasswordAsync(third, person), ("otp", codes[0]))).Error);
    }

    [Fact]
    public async Task Wrong_codes_lock_the_account_though_the_password_is_right_each_time()
    {
        var person = await _admin.PersonAsync("CONFIGURE_TOTP");
        await SetUpAsync(person);
        using var guesser = new Browser(provider.Identity.Url);

        var errors = new List<string?>();
        while (errors.Count < 20 && errors.LastOrDefault() != "account_locked")
        {
            var question = await PasswordAsync(guesser, person);
            errors.Add(question.Error ?? (await guesser.SubmitAsync(question, ("otp", "000000"))).Error);
        }

        Assert.Equal("account_locked", errors[^1]);
        Assert.InRange(errors.Count, 2, 6);
    }

    [Fact]
    public async Task A_first_code_that_is_wrong_leaves_everything_as_it_was()
    {
        var person = await _admin.PersonAsync("CONFIGURE_TOTP");
        var page = await PasswordAsync(_browser, person);
        var app = AuthenticatorApp.Scan(page);

        var refused = await _browser.SubmitAsync(page, ("totp", "000000"));

        Assert.Equal("invalid_totp", refused.Error);
        Assert.Equal(app.Code(), AuthenticatorApp.Scan(refused).Code());
        Assert.False((bool?)(await _admin.GetAsync($"/users/{person.Id}"))["totp"]);
    }

    [Fact]
    public async Task The_secret_is_on_no_other_address_than_the_page()
    {
        var person = await _admin.PersonAsync("CONFIGURE_TOTP");
        var page = await PasswordAsync(_browser, person);

        Assert.Contains("<svg class=\"qr\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=\"http", page.Html, StringComparison.Ordinal);
        Assert.Contains("no-store", page.Response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _cli.Dispose();
        _admin.Dispose();
    }

    private async Task<(AuthenticatorApp App, JsonObject Tokens, IReadOnlyList<string> Codes)> SetUpAsync(Person person)
    {
        var page = await PasswordAsync(_browser, person);
        Assert.Contains("kc-totp-settings-form", page.Html, StringComparison.Ordinal);
        var app = AuthenticatorApp.Scan(page);
        var shown = await _browser.SubmitAsync(page, ("totp", app.Code()), ("userLabel", "My phone"));
        Assert.Contains("kc-recovery-codes-form", shown.Html, StringComparison.Ordinal);
        var codes = Codes().Matches(shown.Html).Select(match => match.Groups[1].Value).ToList();
        return (app, await _cli.ExchangeAsync(await _browser.SubmitAsync(shown)), codes);
    }

    private async Task<Screen> PasswordAsync(Browser browser, Person person) =>
        await browser.SignInAsync(await browser.OpenAsync(_cli.AuthorizationUrl()), person.Email, Person.FirstPassword);

    [GeneratedRegex("<li><code>([^<]*)</code></li>")]
    private static partial Regex Codes();
}
