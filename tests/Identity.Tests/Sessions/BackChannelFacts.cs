using System.Net;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Sessions;

public sealed class BackChannelFacts(SharedProvider provider) : IAsyncLifetime
{
    private readonly Provisioning _admin = new(provider.Identity.Url);
    private readonly Browser _browser = new(provider.Identity.Url);
    private LogoutReceiver _receiver = null!;
    private Application _app = null!;
    private string _clientId = "";
    private Person _person = null!;

    public async ValueTask InitializeAsync()
    {
        _receiver = await LogoutReceiver.StartAsync();
        _app = await RegisterAsync(_receiver);
        _person = await _admin.PersonAsync();
    }

    [Fact]
    public async Task The_end_of_a_session_is_told_with_a_token_that_proves_it()
    {
        var tokens = await _app.SignInAsync(_browser, _person.Email, Person.FirstPassword);

        await _browser.OpenAsync(_app.LogoutUrl(("id_token_hint", (string)tokens["id_token"]!)));
        await Eventually.True(() => Task.FromResult(_receiver.Tokens.Count == 1));

        var claims = await ValidateAsync(_receiver.Tokens.Single());
        Assert.Equal((string?)tokens.Claims()["sid"], (string?)claims["sid"]);
        Assert.Equal(_person.Id, (string?)claims["sub"]);
        Assert.NotNull(claims["events"]!["http://schemas.openid.net/event/backchannel-logout"]);
        Assert.NotNull(claims["jti"]);
        Assert.Null(claims["nonce"]);
    }

    [Fact]
    public async Task An_administrators_sign_out_ends_each_session_and_tells_of_each()
    {
        using var other = new Browser(provider.Identity.Url);
        var first = await _app.SignInAsync(_browser, _person.Email, Person.FirstPassword);
        var second = await _app.SignInAsync(other, _person.Email, Person.FirstPassword);

        Assert.Equal(HttpStatusCode.NoContent, await _admin.StatusAsync(HttpMethod.Post, $"/users/{_person.Id}/logout"));
        await Eventually.True(() => Task.FromResult(_receiver.Tokens.Count == 2));

        var told = _receiver.Tokens.Select(token => (string?)Payload(token)["sid"]).Order();
        Assert.Equal(new[] { (string?)first.Claims()["sid"], (string?)second.Claims()["sid"] }.Order(), told);
        Assert.Equal("invalid_grant", (await _app.RefreshAsync(first)).Error());
    }

    [Fact]
    public async Task A_new_password_is_told_to_the_applications_of_the_other_sessions()
    {
        await _app.SignInAsync(_browser, _person.Email, Person.FirstPassword);

        await _admin.SendAsync(HttpMethod.Put, $"/users/{_person.Id}/reset-password", new JsonObject { ["value"] = "quite another sentence" });

        await Eventually.True(() => Task.FromResult(_receiver.Tokens.Count == 1));
    }

    [Fact]
    public async Task An_application_that_is_down_is_told_later()
    {
        await using var shaky = await LogoutReceiver.StartAsync(failures: 1);
        using var app = await RegisterAsync(shaky);
        await app.SignInAsync(_browser, _person.Email, Person.FirstPassword);

        await _admin.SendAsync(HttpMethod.Post, $"/users/{_person.Id}/logout");

        await Eventually.True(() => Task.FromResult(shaky.Tokens.Count == 1));
    }

    [Fact]
    public async Task An_application_without_part_in_the_session_hears_nothing_of_it()
    {
        await using var bystander = await LogoutReceiver.StartAsync();
        using var uninvolved = await RegisterAsync(bystander);
        await _app.SignInAsync(_browser, _person.Email, Person.FirstPassword);

        await _admin.SendAsync(HttpMethod.Post, $"/users/{_person.Id}/logout");
        await Eventually.True(() => Task.FromResult(_receiver.Tokens.Count == 1));

        Assert.Empty(bystander.Tokens);
    }

    public async ValueTask DisposeAsync()
    {
        _admin.Dispose();
        _browser.Dispose();
        _app.Dispose();
        await _receiver.DisposeAsync();
    }

    private async Task<Application> RegisterAsync(LogoutReceiver receiver)
    {
        _clientId = $"app-{Guid.NewGuid():N}";
        var key = await _admin.CreateAsync("/clients", new JsonObject
        {
            ["clientId"] = _clientId,
            ["publicClient"] = false,
            ["redirectUris"] = new JsonArray("https://app.example/callback"),
            ["attributes"] = new JsonObject { ["backchannel.logout.url"] = receiver.Url, ["backchannel.logout.session.required"] = "true" },
        });
        var secret = (string)(await _admin.GetAsync($"/clients/{key}/client-secret"))["value"]!;
        return new Application(provider.Identity.Issuer, _clientId, secret, "https://app.example/callback");
    }

    private async Task<JsonObject> ValidateAsync(string token)
    {
        using var http = new HttpClient();
        var keys = new JsonWebKeySet(await http.GetStringAsync(
            new Uri($"{provider.Identity.Issuer}/protocol/openid-connect/certs"), TestContext.Current.CancellationToken));
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = provider.Identity.Issuer,
            ValidAudience = _clientId,
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidTypes = ["logout+jwt"],
        });
        Assert.True(result.IsValid, result.Exception?.Message);
        return Payload(token);
    }

    private static JsonObject Payload(string token) =>
        JsonNode.Parse(Base64UrlEncoder.Decode(new JsonWebToken(token).EncodedPayload))!.AsObject();
}
