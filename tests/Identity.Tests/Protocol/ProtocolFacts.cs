using System.Net;
using System.Text.Json.Nodes;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Protocol;

/// <summary>
/// What every server of the realm file must do, and needs nothing but its address: with <c>KEYCLOAK_URL</c> these are tried
/// against a real Keycloak.
/// </summary>
[Trait("server", "any")]
public sealed class ProtocolFacts(SharedProvider provider) : IDisposable
{
    private readonly Browser _browser = new(provider.Url);
    private readonly Application _cli = Application.Cli(provider.Issuer);
    private readonly Application _web = Application.Web(provider.Issuer);

    [Fact]
    public async Task Discovery_names_the_issuer_and_its_addresses()
    {
        using var http = new HttpClient();
        var document = JsonNode.Parse(await http.GetStringAsync(
            new Uri($"{provider.Issuer}/.well-known/openid-configuration"), TestContext.Current.CancellationToken))!;

        Assert.Equal(provider.Issuer, (string?)document["issuer"]);
        Assert.Equal($"{provider.Issuer}/protocol/openid-connect/auth", (string?)document["authorization_endpoint"]);
        Assert.Equal($"{provider.Issuer}/protocol/openid-connect/certs", (string?)document["jwks_uri"]);
        Assert.Contains("S256", document["code_challenge_methods_supported"]!.AsArray().Select(method => (string?)method));
        Assert.True((bool?)document["backchannel_logout_supported"]);
        Assert.True((bool?)document["backchannel_logout_session_supported"]);
    }

    [Fact]
    public async Task A_person_signs_in_and_the_token_says_who_and_where()
    {
        var tokens = await _web.SignInAsync(_browser, "alice@acme.example");
        var claims = tokens.Claims();

        Assert.Equal(provider.Issuer, (string?)claims["iss"]);
        Assert.Equal("platform-web", (string?)claims["azp"]);
        Assert.Equal("alice@acme.example", (string?)claims["preferred_username"]);
        Assert.Equal("0190ac3e-0000-7000-8000-0000000000a1", (string?)claims["sub"]);
        Assert.Equal("0190ac3e-0000-7000-8000-000000000001", (string?)claims["organization"]!["acme"]!["id"]);
        Assert.Equal(300, (long?)claims["exp"] - (long?)claims["iat"]);
        Assert.NotNull(claims["sid"]);
    }

    [Fact]
    public async Task A_wrong_password_signs_nobody_in()
    {
        var screen = await _browser.SignInAsync(await _browser.OpenAsync(_cli.AuthorizationUrl()), "sam@acme.example", "wrong");

        Assert.Null(screen.LeftFor);
        Assert.NotNull((await _browser.SignInAsync(screen, "sam@acme.example", "demo")).Answer("code"));
    }

    [Fact]
    public async Task A_code_is_good_for_one_exchange_and_its_replay_ends_what_came_of_it()
    {
        var screen = await _browser.SignInAsync(await _browser.OpenAsync(_cli.AuthorizationUrl()), "fiona@acme.example", "demo");
        var tokens = await _cli.ExchangeAsync(screen);

        Assert.NotNull(tokens["access_token"]);
        Assert.Equal("invalid_grant", (await _cli.ExchangeAsync(screen)).Error());
        Assert.Equal("invalid_grant", (await _cli.RefreshAsync(tokens)).Error());
    }

    [Fact]
    public async Task A_stolen_code_is_worth_nothing_without_its_proof()
    {
        var screen = await _browser.SignInAsync(await _browser.OpenAsync(_cli.AuthorizationUrl()), "fiona@acme.example", "demo");
        using var thief = Application.Cli(provider.Issuer);

        Assert.Equal("invalid_grant", (await thief.ExchangeAsync(screen)).Error());
        Assert.NotNull((await _cli.TokenAsync(("grant_type", "authorization_code"), ("code", screen.Answer("code")!), ("redirect_uri", _cli.RedirectUri))).Error());
    }

    [Theory]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("code_challenge_method", null)]
    public async Task The_proof_key_cannot_be_left_out_or_weakened(string name, string? value)
    {
        var screen = await _browser.OpenAsync(_cli.AuthorizationUrl((name, value)));

        Assert.Equal("invalid_request", screen.Answer("error"));
    }

    [Fact]
    public async Task A_refresh_token_used_twice_ends_the_family()
    {
        var first = await _cli.SignInAsync(_browser, "fiona@acme.example");
        var second = await _cli.RefreshAsync(first);

        Assert.NotNull(second["access_token"]);
        Assert.Equal("invalid_grant", (await _cli.RefreshAsync(first)).Error());
        Assert.Equal("invalid_grant", (await _cli.RefreshAsync(second)).Error());
    }

    [Theory]
    [InlineData("http://evil.example/callback")]
    [InlineData("http://127.0.0.1.evil.example/callback")]
    [InlineData("http://127.0.0.1@evil.example/callback")]
    [InlineData("//evil.example/callback")]
    [InlineData("http://127.0.0.1:1\\@evil.example/callback")]
    public async Task Nobody_is_sent_to_an_address_that_is_not_registered(string redirectUri)
    {
        var screen = await _browser.OpenAsync(_cli.AuthorizationUrl(("redirect_uri", redirectUri)));

        Assert.Null(screen.LeftFor);
        Assert.Equal(400, screen.Status);
    }

    [Fact]
    public async Task A_silent_request_without_a_session_is_answered_with_login_required() =>
        Assert.Equal("login_required", (await _browser.OpenAsync(_cli.AuthorizationUrl(("prompt", "none")))).Answer("error"));

    // That a live token is told to be one, servers tell only its audience (Keycloak since 26.6.2), which has no secret here.
    [Fact]
    public async Task Introspection_and_revocation_agree()
    {
        var tokens = await _web.SignInAsync(_browser, "greg@globex.example");
        await _web.PostAsync("revoke", ("token", (string)tokens["refresh_token"]!));

        Assert.False((bool?)(await _web.PostAsync("token/introspect", ("token", tokens.Access())))["active"]);
        Assert.Equal("invalid_grant", (await _web.RefreshAsync(tokens)).Error());
    }

    [Fact]
    public async Task Signing_out_ends_the_session_and_its_tokens()
    {
        var tokens = await _web.SignInAsync(_browser, "greg@globex.example");
        var screen = await _browser.OpenAsync(_web.LogoutUrl(
            ("id_token_hint", (string)tokens["id_token"]!), ("post_logout_redirect_uri", "http://localhost:8000/signed-out")));

        Assert.StartsWith("http://localhost:8000/signed-out", screen.LeftFor?.ToString(), StringComparison.Ordinal);
        Assert.Equal("invalid_grant", (await _web.RefreshAsync(tokens)).Error());
        Assert.Equal("login_required", (await _browser.OpenAsync(_web.AuthorizationUrl(("prompt", "none")))).Answer("error"));
    }

    [Fact]
    public async Task A_service_account_gets_a_token_of_its_roles_and_no_refresh_token()
    {
        using var automation = new Application(provider.Issuer, "platform-automation", ProviderUnderTest.AutomationSecret, "");
        var tokens = await automation.TokenAsync(("grant_type", "client_credentials"));

        Assert.Contains("contacts.read", tokens.Claims()["resource_access"]!["platform-api"]!["roles"]!.AsArray().Select(role => (string?)role));
        Assert.Null(tokens["refresh_token"]);
    }

    [Fact]
    public async Task A_client_is_refused_with_a_wrong_secret()
    {
        using var impostor = new Application(provider.Issuer, "platform-automation", "not its secret", "");

        Assert.Contains((await impostor.TokenAsync(("grant_type", "client_credentials"))).Error(), (string[])["invalid_client", "unauthorized_client"]);
    }

    [Fact]
    public async Task The_admin_api_makes_an_organization_with_a_member_who_signs_in()
    {
        using var admin = new Provisioning(provider.Url);
        var person = await admin.PersonAsync();
        var id = await admin.OrganizationAsync(null, person);

        var claims = (await _cli.SignInAsync(_browser, person.Email, Person.FirstPassword)).Claims();

        Assert.Contains(id, claims["organization"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal(person.Id, (string?)(await admin.GetAsync($"/organizations/{id}/members")).AsArray().Single()!["id"]);
        Assert.Equal(HttpStatusCode.NoContent, await admin.StatusAsync(HttpMethod.Delete, $"/organizations/{id}/members/{person.Id}"));
        Assert.Equal(HttpStatusCode.NoContent, await admin.StatusAsync(HttpMethod.Delete, $"/organizations/{id}"));
        Assert.Equal(HttpStatusCode.NoContent, await admin.StatusAsync(HttpMethod.Delete, $"/users/{person.Id}"));
    }

    [Fact]
    public async Task An_external_application_gets_what_its_person_allows()
    {
        using var admin = new Provisioning(provider.Url);
        using var app = Application.Example(provider.Issuer);
        var person = await admin.PersonAsync();
        var question = await _browser.SignInAsync(
            await _browser.OpenAsync(app.AuthorizationUrl(("scope", "openid contacts.read"))), person.Email, Person.FirstPassword);

        var tokens = await app.ExchangeAsync(await _browser.SubmitAsync(question, ("accept", "yes")));

        Assert.Contains("contacts.read", ((string)tokens.Claims()["scope"]!).Split(' '));
        Assert.Equal(HttpStatusCode.NoContent, await admin.StatusAsync(HttpMethod.Delete, $"/users/{person.Id}/consents/platform-example-app"));
        Assert.Equal("invalid_grant", (await app.RefreshAsync(tokens)).Error());
    }

    public void Dispose()
    {
        _browser.Dispose();
        _cli.Dispose();
        _web.Dispose();
    }
}
