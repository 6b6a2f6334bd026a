using System.Net;
using System.Text.Json.Nodes;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.SignIn;

public sealed class SignInFacts(SharedProvider provider) : IDisposable
{
    private readonly Browser _browser = new(provider.Identity.Url);
    private readonly Application _cli = Application.Cli(provider.Identity);
    private readonly Application _web = Application.Web(provider.Identity);

    [Fact]
    public async Task A_person_signs_in_through_the_login_page_with_code_and_proof_key()
    {
        var page = await _browser.OpenAsync(_cli.AuthorizationUrl());
        Assert.Equal(200, page.Status);

        var screen = await _browser.SignInAsync(page, "alice@acme.example", "demo");

        Assert.StartsWith("http://127.0.0.1:45678/callback?", screen.LeftFor?.ToString(), StringComparison.Ordinal);
        Assert.Equal("the state", screen.Answer("state"));
        Assert.Equal(provider.Identity.Issuer, screen.Answer("iss"));
        var tokens = await _cli.ExchangeAsync(screen);
        Assert.Equal("Bearer", (string?)tokens["token_type"]);
        Assert.Equal("0190ac3e-0000-7000-8000-0000000000a1", (string?)tokens.Claims()["sub"]);
        Assert.Equal("the nonce", (string?)tokens.Claims("id_token")["nonce"]);
    }

    [Fact]
    public async Task The_user_name_may_be_typed_in_any_case()
    {
        var tokens = await _cli.SignInAsync(_browser, " Alice@ACME.example ");

        Assert.Equal("alice@acme.example", (string?)tokens.Claims()["preferred_username"]);
    }

    [Theory]
    [InlineData("greg@globex.example", "wrong", "invalid_credentials")]
    [InlineData("nobody@globex.example", "demo", "invalid_credentials")]
    [InlineData("service-account-platform-automation", "demo", "invalid_credentials")]
    [InlineData("", "", "missing_credentials")]
    public async Task Wrong_credentials_get_one_answer_whatever_is_wrong(string userName, string password, string error)
    {
        var screen = await _browser.SignInAsync(await _browser.OpenAsync(_cli.AuthorizationUrl()), userName, password);

        Assert.Equal(error, screen.Error);
        Assert.Null(screen.LeftFor);
    }

    [Fact]
    public async Task After_a_mistake_the_right_password_signs_in()
    {
        var page = await _browser.OpenAsync(_cli.AuthorizationUrl());
        var mistaken = await _browser.SignInAsync(page, "sam@acme.example", "dmeo");

        var screen = await _browser.SignInAsync(mistaken, "sam@acme.example", "demo");

        Assert.NotNull(screen.Answer("code"));
    }

    [Fact]
    public async Task A_second_application_signs_in_without_asking()
    {
        var first = await _cli.SignInAsync(_browser, "fiona@acme.example");

        var second = await _web.ExchangeAsync(await _browser.OpenAsync(_web.AuthorizationUrl()));

        Assert.Equal("fiona@acme.example", (string?)second.Claims()["preferred_username"]);
        Assert.Equal((string?)first.Claims()["sid"], (string?)second.Claims()["sid"]);
        Assert.Equal("platform-web", (string?)second.Claims()["azp"]);
    }

    [Fact]
    public async Task An_application_may_insist_on_a_new_sign_in()
    {
        var first = await _cli.SignInAsync(_browser, "fiona@acme.example");
        var page = await _browser.OpenAsync(_cli.AuthorizationUrl(("prompt", "login")));
        Assert.Contains("kc-form-login", page.Html, StringComparison.Ordinal);

        var again = await _cli.ExchangeAsync(await _browser.SignInAsync(page, "fiona@acme.example", "demo"));

        Assert.NotEqual((string?)first.Claims()["sid"], (string?)again.Claims()["sid"]);
        Assert.Equal("invalid_grant", (await _cli.RefreshAsync(first)).Error());
    }

    [Fact]
    public async Task Asking_silently_without_a_session_is_answered_with_login_required()
    {
        var screen = await _browser.OpenAsync(_cli.AuthorizationUrl(("prompt", "none")));

        Assert.Equal("login_required", screen.Answer("error"));
        Assert.Equal("the state", screen.Answer("state"));
    }

    [Theory]
    [InlineData("http://127.0.0.1:45678.evil.example/callback")]
    [InlineData("http://localhost.evil.example/callback")]
    [InlineData("https://127.0.0.1/callback")]
    [InlineData("http://user@127.0.0.1/callback")]
    [InlineData("http://127.0.0.1/callback#fragment")]
    [InlineData("javascript:alert(1)")]
    public async Task An_unregistered_address_gets_a_page_and_no_redirect(string redirectUri)
    {
        var screen = await _browser.OpenAsync(_cli.AuthorizationUrl(("redirect_uri", redirectUri)));

        Assert.Equal(400, screen.Status);
        Assert.Null(screen.LeftFor);
        Assert.Contains("<h1>This did not work</h1>", screen.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_client_gets_a_page()
    {
        var screen = await _browser.OpenAsync(_cli.AuthorizationUrl(("client_id", "nobody")));

        Assert.Equal(400, screen.Status);
        Assert.Contains("not known to us", screen.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("response_type", "token")]
    [InlineData("scope", "openid everything")]
    public async Task A_request_that_breaks_the_rules_is_sent_back_with_an_error(string name, string? value)
    {
        var screen = await _browser.OpenAsync(_cli.AuthorizationUrl((name, value)));

        Assert.NotNull(screen.Answer("error"));
        Assert.Null(screen.Answer("code"));
    }

    [Fact]
    public async Task A_form_that_another_site_made_is_not_accepted()
    {
        using var other = new Browser(provider.Identity.Url);
        var stolen = await other.OpenAsync(_cli.AuthorizationUrl());

        var screen = await _browser.SignInAsync(stolen, "alice@acme.example", "demo");

        Assert.Equal("page_expired", screen.Error);
        Assert.Null(screen.LeftFor);
    }

    [Fact]
    public async Task A_form_without_its_request_gets_a_page()
    {
        var page = await _browser.OpenAsync(_cli.AuthorizationUrl());
        var screen = await _browser.SignInAsync(page with { Html = page.Html.Replace("name=\"flow\"", "name=\"other\"", StringComparison.Ordinal) }, "a", "b");

        Assert.Equal(400, screen.Status);
        Assert.Equal("stale_page", screen.Error);
    }

    [Fact]
    public async Task The_page_speaks_the_language_of_the_browser_or_of_the_link()
    {
        var russian = await _browser.OpenAsync(_cli.AuthorizationUrl(), "ru-RU,ru;q=0.9,en;q=0.5");
        var english = await _browser.OpenAsync(_cli.AuthorizationUrl(("kc_locale", "en")), "ru-RU");
        var asked = await _browser.OpenAsync(_cli.AuthorizationUrl(("ui_locales", "fr ru")));

        Assert.Contains("<html lang=\"ru\">", russian.Html, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"en\">", english.Html, StringComparison.Ordinal);
        Assert.Contains("<html lang=\"ru\">", asked.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_cannot_be_framed_cached_or_scripted()
    {
        var page = await _browser.OpenAsync(_web.AuthorizationUrl());
        var policy = string.Join(' ', page.Response.Headers.GetValues("Content-Security-Policy"));

        Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("form-action 'self' http://localhost:8000", policy, StringComparison.Ordinal);
        Assert.Contains("no-store", page.Response.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
        Assert.Equal(["nosniff"], page.Response.Headers.GetValues("X-Content-Type-Options"));
    }

    [Fact]
    public async Task What_is_typed_is_encoded_when_the_page_shows_it_again()
    {
        var page = await _browser.OpenAsync(_cli.AuthorizationUrl(("login_hint", "\"><script>alert(1)</script>")));

        Assert.DoesNotContain("<script>alert", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_of_several_organizations_chooses_the_one_that_the_token_names()
    {
        await using var identity = await IdentityProcess.StartAsync(realm =>
            realm["organizations"]![1]!["members"]!.AsArray().Add(new JsonObject { ["username"] = "sam@acme.example" }));
        using var browser = new Browser(identity.Url);
        using var cli = Application.Cli(identity);

        var question = await browser.SignInAsync(await browser.OpenAsync(cli.AuthorizationUrl()), "sam@acme.example", "demo");
        var silent = await browser.OpenAsync(cli.AuthorizationUrl(("prompt", "none")));
        var chosen = await browser.OpenAsync(question.Link("globex"));
        var tokens = await cli.RefreshAsync(await cli.ExchangeAsync(chosen));

        Assert.Equal("interaction_required", silent.Answer("error"));
        Assert.Equal("""{"globex":{"id":"01909106-0000-7000-8000-000000000002"}}""", tokens.Claims()["organization"]?.ToJsonString());
        Assert.Contains("organization:globex", (string?)tokens["scope"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_too_long_is_refused()
    {
        var page = await _browser.OpenAsync(_cli.AuthorizationUrl());

        Assert.Equal(413, (await _browser.SignInAsync(page, "alice@acme.example", new string('x', 100_000))).Status);
    }

    [Fact]
    public async Task Demo_accounts_are_shown_in_development_only()
    {
        await using var development = await IdentityProcess.StartAsync(settings: ("ASPNETCORE_ENVIRONMENT", "Development"));
        using var browser = new Browser(development.Url);
        using var cli = Application.Cli(development);
        var page = await browser.OpenAsync(cli.AuthorizationUrl());
        var chosen = await browser.SubmitAsync(page, ("demo", "gina@globex.example"));
        var here = await _browser.OpenAsync(_cli.AuthorizationUrl());

        Assert.Equal("gina@globex.example", (string?)(await cli.ExchangeAsync(chosen)).Claims()["preferred_username"]);
        Assert.DoesNotContain("alice@acme.example", here.Html, StringComparison.Ordinal);
        Assert.Equal("missing_credentials", (await _browser.SubmitAsync(here, ("demo", "gina@globex.example"))).Error);
    }

    [Fact]
    public async Task Repeated_failures_lock_the_account_for_a_while_and_no_other()
    {
        await using var identity = await IdentityProcess.StartAsync(realm => Lock(realm, after: 3, seconds: 2));
        using var browser = new Browser(identity.Url);
        using var cli = Application.Cli(identity);
        var page = await browser.OpenAsync(cli.AuthorizationUrl());
        for (var attempt = 1; attempt < 3; attempt++) Assert.Equal("invalid_credentials", (await browser.SignInAsync(page, "gina@globex.example", "no")).Error);

        Assert.Equal("account_locked", (await browser.SignInAsync(page, "gina@globex.example", "no")).Error);
        Assert.Equal("account_locked", (await browser.SignInAsync(page, "gina@globex.example", "demo")).Error);
        Assert.NotNull((await browser.SignInAsync(page, "greg@globex.example", "demo")).Answer("code"));
        await Eventually.True(async () => (await browser.SignInAsync(page, "gina@globex.example", "demo")).Answer("code") is not null);
    }

    [Fact]
    public async Task Guesses_made_at_once_are_counted_one_by_one()
    {
        await using var identity = await IdentityProcess.StartAsync(realm => Lock(realm, after: 5, seconds: 600));
        using var browser = new Browser(identity.Url);
        using var cli = Application.Cli(identity);
        var page = await browser.OpenAsync(cli.AuthorizationUrl());

        var answers = await Task.WhenAll(Enumerable.Range(0, 24).Select(guess => browser.SignInAsync(page, "gina@globex.example", $"guess {guess}")));

        Assert.True(answers.Count(answer => answer.Error == "invalid_credentials") <= 5);
        Assert.Equal("account_locked", (await browser.SignInAsync(page, "gina@globex.example", "demo")).Error);
    }

    [Fact]
    public async Task An_address_that_tries_too_often_is_told_to_wait()
    {
        await using var identity = await IdentityProcess.StartAsync(settings: ("Identity__SignInsPerMinute", "2"));
        using var browser = new Browser(identity.Url);
        using var cli = Application.Cli(identity);
        // What it says of sign-outs and nobody signed is not even looked at any more; it counts apart from sign-ins.
        HttpStatusCode[] answers = [await SignOutAsync(identity, "x"), await SignOutAsync(identity, "y.y.y"), await SignOutAsync(identity, "z")];
        var page = await browser.OpenAsync(cli.AuthorizationUrl());
        var first = await browser.SignInAsync(page, "a@acme.example", "no");
        await browser.SignInAsync(page, "b@acme.example", "no");

        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.TooManyRequests], answers);
        Assert.Equal("invalid_credentials", first.Error);
        Assert.Equal("too_many_requests", (await browser.SignInAsync(page, "alice@acme.example", "demo")).Error);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _cli.Dispose();
        _web.Dispose();
    }

    private static async Task<HttpStatusCode> SignOutAsync(IdentityProcess identity, string token)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("logout_token", token)]);
        using var response = await http.PostAsync(new Uri($"{identity.Issuer}/protocol/openid-connect/logout/backchannel-logout"), form, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static void Lock(JsonObject realm, int after, int seconds)
    {
        realm["failureFactor"] = after;
        realm["waitIncrementSeconds"] = seconds;
        realm["quickLoginCheckMilliSeconds"] = 0;
    }
}
