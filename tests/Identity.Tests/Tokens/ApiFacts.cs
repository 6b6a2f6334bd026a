using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Tokens;

public sealed class ApiFacts(SharedProvider provider) : IAsyncLifetime
{
    private readonly Browser _browser = new(provider.Identity.Url);
    private readonly Application _cli = Application.Cli(provider.Identity);
    private ProtectedApi _api = null!;
    private JsonObject _tokens = null!;

    public async ValueTask InitializeAsync()
    {
        _api = await ProtectedApi.StartAsync(provider.Identity.Url);
        _tokens = await _cli.SignInAsync(_browser, "alice@acme.example");
    }

    [Fact]
    public async Task A_service_accepts_the_access_token_and_knows_the_person() =>
        Assert.Equal((HttpStatusCode.OK, "alice@acme.example"), await _api.GetAsync(_tokens.Access()));

    [Fact]
    public async Task A_service_refuses_the_identity_token() =>
        Assert.Equal(HttpStatusCode.Unauthorized, (await _api.GetAsync((string)_tokens["id_token"]!)).Status);

    [Fact]
    public async Task A_service_refuses_a_token_signed_by_another_key_of_the_same_name()
    {
        using var key = RSA.Create(2048);
        var known = new JsonWebToken(_tokens.Access());

        Assert.Equal(HttpStatusCode.Unauthorized, (await _api.GetAsync(Sign(known, key, Payload(known)))).Status);
    }

    [Fact]
    public async Task A_service_refuses_an_unsigned_token()
    {
        var parts = _tokens.Access().Split('.');
        var header = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""");

        Assert.Equal(HttpStatusCode.Unauthorized, (await _api.GetAsync($"{header}.{parts[1]}.")).Status);
    }

    [Fact]
    public async Task A_service_refuses_a_token_whose_text_was_changed()
    {
        var parts = _tokens.Access().Split('.');
        var payload = Base64UrlEncoder.Encode(Payload(new JsonWebToken(_tokens.Access())).Replace("alice@", "admin@", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.Unauthorized, (await _api.GetAsync($"{parts[0]}.{payload}.{parts[2]}")).Status);
    }

    [Fact]
    public async Task A_service_refuses_a_token_of_another_provider()
    {
        await using var other = await IdentityProcess.StartAsync();
        using var automation = Application.Automation(other);
        var tokens = await automation.TokenAsync(("grant_type", "client_credentials"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await _api.GetAsync(tokens.Access())).Status);
    }

    [Fact]
    public async Task A_service_refuses_a_token_when_its_time_is_over()
    {
        await using var hasty = await IdentityProcess.StartAsync(realm => realm["accessTokenLifespan"] = 8);
        await using var api = await ProtectedApi.StartAsync(hasty.Url);
        using var automation = Application.Automation(hasty);
        var token = (await automation.TokenAsync(("grant_type", "client_credentials"))).Access();

        Assert.Equal(HttpStatusCode.OK, (await api.GetAsync(token)).Status);
        await Eventually.True(async () => (await api.GetAsync(token)).Status == HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_service_refuses_a_token_that_is_not_for_the_platform()
    {
        await using var identity = await IdentityProcess.StartAsync(realm =>
        {
            realm.Client("platform-automation")["defaultClientScopes"] = new JsonArray("basic", "profile");
        });
        await using var api = await ProtectedApi.StartAsync(identity.Url);
        using var automation = Application.Automation(identity);
        var tokens = await automation.TokenAsync(("grant_type", "client_credentials"));

        Assert.Equal(HttpStatusCode.Unauthorized, (await api.GetAsync(tokens.Access())).Status);
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        _cli.Dispose();
        await _api.DisposeAsync();
    }

    private static string Payload(JsonWebToken token) => Base64UrlEncoder.Decode(token.EncodedPayload);

    private static string Sign(JsonWebToken known, RSA key, string payload)
    {
        var content = $"{known.EncodedHeader}.{Base64UrlEncoder.Encode(payload)}";
        var signature = key.SignData(Encoding.ASCII.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{content}.{Base64UrlEncoder.Encode(signature)}";
    }
}
