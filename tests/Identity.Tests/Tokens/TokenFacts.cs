using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Tokens;

public sealed class TokenFacts(SharedProvider provider) : IDisposable
{
    private readonly Browser _browser = new(provider.Identity.Url);
    private readonly Application _cli = Application.Cli(provider.Identity);
    private readonly Application _web = Application.Web(provider.Identity);
    private readonly Application _automation = Application.Automation(provider.Identity);

    [Fact]
    public async Task A_persons_access_token_says_what_Keycloaks_would()
    {
        var tokens = await _web.SignInAsync(_browser, "sam@acme.example");
        var claims = tokens.Claims();

        Assert.Equal(provider.Identity.Issuer, (string?)claims["iss"]);
        Assert.Equal("platform-api", (string?)claims["aud"]);
        Assert.Equal("Bearer", (string?)claims["typ"]);
        Assert.Equal("platform-web", (string?)claims["azp"]);
        Assert.Equal("0190ac3e-0000-7000-8000-0000000000a2", (string?)claims["sub"]);
        Assert.Equal((string?)tokens["session_state"], (string?)claims["sid"]);
        Assert.Equal("sam@acme.example", (string?)claims["preferred_username"]);
        Assert.Equal("sam@acme.example", (string?)claims["email"]);
        Assert.Equal("Sam Sorensen", (string?)claims["name"]);
        Assert.Equal("email openid organization profile", (string?)claims["scope"]);
        Assert.True((bool?)claims["email_verified"]);
        Assert.Equal(300, (long?)claims["exp"] - (long?)claims["iat"]);
        Assert.Equal("""{"acme":{"id":"0190ac3e-0000-7000-8000-000000000001"}}""", claims["organization"]?.ToJsonString());
        Assert.Contains("default-roles-platform", claims["realm_access"]!["roles"]!.AsArray().Select(role => (string?)role));
        Assert.Equal("""["http://localhost:8000"]""", claims["allowed-origins"]?.ToJsonString());
        Assert.DoesNotContain(claims, claim => claim.Key.StartsWith("oi_", StringComparison.Ordinal));
        var header = new JsonWebToken(tokens.Access());
        Assert.Equal("RS256", header.Alg);
        Assert.Equal("JWT", header.Typ);
        Assert.NotEmpty(header.Kid);
    }

    [Fact]
    public async Task An_identity_token_is_for_the_client_alone()
    {
        var claims = (await _web.SignInAsync(_browser, "sam@acme.example")).Claims("id_token");

        Assert.Equal("platform-web", (string?)claims["aud"]);
        Assert.Equal("ID", (string?)claims["typ"]);
        Assert.Equal("the nonce", (string?)claims["nonce"]);
        Assert.Null(claims["realm_access"]);
    }

    [Fact]
    public async Task A_service_account_acts_by_its_roles_in_no_organization()
    {
        var tokens = await _automation.TokenAsync(("grant_type", "client_credentials"));
        var claims = tokens.Claims();

        Assert.Equal("service-account-platform-automation", (string?)claims["preferred_username"]);
        Assert.Equal("platform-automation", (string?)claims["azp"]);
        Assert.Equal("platform-automation", (string?)claims["client_id"]);
        Assert.Equal("platform-api", (string?)claims["aud"]);
        Assert.Equal(
            ["communications.read", "communications.send", "contacts.read", "contacts.write", "deals.read", "deals.write", "finance.read",
                "finance.write", "inventory.read", "metadata.read", "records.read", "tenants.provision", "tenants.read"],
            claims["resource_access"]!["platform-api"]!["roles"]!.AsArray().Select(role => (string?)role));
        Assert.Null(claims["organization"]);
        Assert.Null(claims["sid"]);
        Assert.Null(tokens["refresh_token"]);
    }

    [Theory]
    [InlineData("platform-automation", "wrong", "client_credentials", "invalid_client")]
    [InlineData("nobody", "wrong", "client_credentials", "invalid_client")]
    [InlineData("platform-api", "any", "client_credentials", "invalid_client")]
    [InlineData("platform-web", IdentityProcess.WebSecret, "client_credentials", "unauthorized_client")]
    [InlineData("platform-web", IdentityProcess.WebSecret, "password", "unsupported_grant_type")]
    [InlineData("platform-web", IdentityProcess.WebSecret, "authorization_code", "invalid_request")]
    public async Task A_token_request_that_breaks_the_rules_gets_an_OAuth_error(string clientId, string secret, string grant, string error)
    {
        using var application = new Application(provider.Identity.Issuer, clientId, secret, "");

        Assert.Equal(error, (await application.TokenAsync(("grant_type", grant), ("username", "sam@acme.example"), ("password", "demo"))).Error());
    }

    [Fact]
    public async Task A_code_is_good_for_one_exchange_with_its_proof()
    {
        var screen = await _browser.SignInAsync(await _browser.OpenAsync(_cli.AuthorizationUrl()), "sam@acme.example", "demo");
        using var thief = Application.Cli(provider.Identity);
        Assert.Equal("invalid_grant", (await thief.ExchangeAsync(screen)).Error());

        var tokens = await _cli.ExchangeAsync(screen);

        Assert.Equal("invalid_grant", (await _cli.ExchangeAsync(screen)).Error());
        Assert.Equal("invalid_grant", (await _cli.RefreshAsync(tokens)).Error());
    }

    [Fact]
    public async Task A_refresh_token_is_replaced_at_each_use()
    {
        var first = await _cli.SignInAsync(_browser, "sam@acme.example");
        var second = await _cli.RefreshAsync(first);
        var third = await _cli.RefreshAsync(second);

        Assert.NotEqual((string?)first["refresh_token"], (string?)second["refresh_token"]);
        Assert.Equal((string?)first.Claims()["sid"], (string?)third.Claims()["sid"]);
        Assert.Equal((string?)first.Claims()["auth_time"]?.ToString(), third.Claims()["auth_time"]?.ToString());
        Assert.NotNull(third.Claims()["organization"]);
        Assert.NotNull(third["id_token"]);
    }

    [Fact]
    public async Task A_refresh_token_used_twice_ends_all_that_came_of_it()
    {
        var first = await _cli.SignInAsync(_browser, "sam@acme.example");
        var second = await _cli.RefreshAsync(first);

        Assert.Equal("invalid_grant", (await _cli.RefreshAsync(first)).Error());
        Assert.Equal("invalid_grant", (await _cli.RefreshAsync(second)).Error());
    }

    [Fact]
    public async Task A_refresh_token_belongs_to_its_client()
    {
        var tokens = await _cli.SignInAsync(_browser, "sam@acme.example");

        Assert.Equal("invalid_grant", (await _web.RefreshAsync(tokens)).Error());
    }

    [Fact]
    public async Task User_info_tells_the_mapped_claims()
    {
        var tokens = await _cli.SignInAsync(_browser, "gina@globex.example");
        var answer = await _cli.GetAsync("userinfo", tokens.Access());
        var claims = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal("01909106-0000-7000-8000-0000000000b2", (string?)claims["sub"]);
        Assert.Equal("Gina Gallo", (string?)claims["name"]);
        Assert.NotNull(claims["organization"]!["globex"]);
    }

    [Theory]
    [InlineData("not a token")]
    [InlineData("eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.eyJzdWIiOiIwMTkwYWMzZSJ9.")]
    public async Task User_info_refuses_what_is_not_a_token(string token)
    {
        var answer = await _cli.GetAsync("userinfo", token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_info_refuses_an_identity_token()
    {
        var tokens = await _cli.SignInAsync(_browser, "gina@globex.example");

        Assert.Equal(HttpStatusCode.Unauthorized, (await _cli.GetAsync("userinfo", (string)tokens["id_token"]!)).StatusCode);
    }

    [Fact]
    public async Task Introspection_tells_a_client_about_its_own_tokens_until_they_are_revoked()
    {
        var tokens = await _web.SignInAsync(_browser, "gina@globex.example");
        var before = await _web.PostAsync("token/introspect", ("token", tokens.Access()));
        await _web.PostAsync("revoke", ("token", tokens.Access()));
        var after = await _web.PostAsync("token/introspect", ("token", tokens.Access()));

        Assert.True((bool?)before["active"]);
        Assert.Equal("01909106-0000-7000-8000-0000000000b2", (string?)before["sub"]);
        Assert.False((bool?)after["active"]);
    }

    [Fact]
    public async Task The_direct_grant_works_only_where_the_setting_and_the_client_allow_it()
    {
        await using var identity = await IdentityProcess.StartAsync(
            realm => realm.Client("platform-cli")["directAccessGrantsEnabled"] = true, ("Identity__AllowDirectGrant", "true"));
        using var cli = Application.Cli(identity);
        using var web = Application.Web(identity);
        (string, string)[] right = [("grant_type", "password"), ("username", "alice@acme.example"), ("password", "demo")];

        var tokens = await cli.TokenAsync([.. right, ("scope", "openid")]);
        var wrong = await cli.TokenAsync([.. right[..2], ("password", "no")]);

        Assert.NotNull(tokens.Claims()["sid"]);
        Assert.NotNull((await cli.RefreshAsync(tokens))["access_token"]);
        Assert.Equal("invalid_grant", wrong.Error());
        Assert.Equal("Invalid user credentials.", (string?)wrong["error_description"]);
        Assert.Equal("unauthorized_client", (await web.TokenAsync(right)).Error());
    }

    [Fact]
    public async Task Discovery_names_Keycloaks_addresses()
    {
        using var http = new HttpClient();
        var document = JsonNode.Parse(await http.GetStringAsync(
            new Uri($"{provider.Identity.Issuer}/.well-known/openid-configuration"), TestContext.Current.CancellationToken))!;
        var realm = JsonNode.Parse(await http.GetStringAsync(new Uri(provider.Identity.Issuer), TestContext.Current.CancellationToken))!;
        var protocol = $"{provider.Identity.Issuer}/protocol/openid-connect";

        Assert.Equal(provider.Identity.Issuer, (string?)document["issuer"]);
        Assert.Equal($"{protocol}/auth", (string?)document["authorization_endpoint"]);
        Assert.Equal($"{protocol}/token", (string?)document["token_endpoint"]);
        Assert.Equal($"{protocol}/certs", (string?)document["jwks_uri"]);
        Assert.Equal($"{protocol}/userinfo", (string?)document["userinfo_endpoint"]);
        Assert.Equal($"{protocol}/logout", (string?)document["end_session_endpoint"]);
        Assert.Equal($"{protocol}/revoke", (string?)document["revocation_endpoint"]);
        Assert.Equal($"{protocol}/token/introspect", (string?)document["introspection_endpoint"]);
        Assert.Equal("platform", (string?)realm["realm"]);
        Assert.Equal(protocol, (string?)realm["token-service"]);
    }

    public void Dispose()
    {
        _browser.Dispose();
        _cli.Dispose();
        _web.Dispose();
        _automation.Dispose();
    }
}
