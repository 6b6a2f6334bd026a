using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Invocation;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Brokering;

/// <summary>A provider that lies, a browser that is led astray, and addresses that lead inside.</summary>
public sealed class BrokerAttackFacts(CustomerServer servers, SharedProvider strict) : IClassFixture<CustomerServer>
{
    [Theory]
    [InlineData("genuine", null)]
    [InlineData("issuer", "broker_unconfirmed")]
    [InlineData("audience", "broker_unconfirmed")]
    [InlineData("two audiences", "broker_unconfirmed")]
    [InlineData("nonce", "broker_unconfirmed")]
    [InlineData("no nonce", "broker_unconfirmed")]
    [InlineData("expired", "broker_unconfirmed")]
    [InlineData("key", "broker_unconfirmed")]
    [InlineData("unsigned", "broker_unconfirmed")]
    [InlineData("hmac", "broker_unconfirmed")]
    [InlineData("no subject", "broker_unconfirmed")]
    public async Task A_token_that_is_not_the_providers_word_to_us_signs_nobody_in(string fault, string? error)
    {
        await using var liar = await Liar.StartAsync();
        using var bench = await BrokerBench.StartAsync(servers, liar.Describe);
        var leave = await bench.LeaveAsync();
        liar.Answer = liar.Token(fault, BrokerFacts.Query(leave, "nonce"), $"{Guid.NewGuid():N}@{bench.Domain}");

        var screen = await bench.Browser.OpenAsync($"{BrokerFacts.Query(leave, "redirect_uri")}?code=x&state={BrokerFacts.Query(leave, "state")}");

        Assert.Equal(error, screen.Error);
        Assert.Equal(error is null, screen.Answer("code") is not null);
    }

    [Fact]
    public async Task An_answer_belongs_to_one_attempt_of_one_browser()
    {
        using var bench = await BrokerBench.StartAsync(servers);
        var email = await bench.PersonThereAsync();
        var back = await bench.SignInThereAsync(await bench.LeaveAsync(), email);
        using var victim = new Browser(servers.Platform.Url);
        await victim.OpenAsync(bench.Cli.AuthorizationUrl(("kc_idp_hint", bench.Alias)));

        Assert.Equal("stale_page", (await victim.OpenAsync(back.ToString())).Error);
        Assert.Equal("stale_page", (await bench.Browser.OpenAsync(BrokerBench.With(back, "state", "x").ToString())).Error);
        // The wrong answer has used the attempt up.
        Assert.Equal("stale_page", (await bench.Browser.OpenAsync(back.ToString())).Error);
        var second = await bench.SignInThereAsync(await bench.LeaveAsync(), email);
        Assert.Equal("broker_unconfirmed", (await bench.Browser.OpenAsync(BrokerBench.With(second, "iss", "https://other.example").ToString())).Error);
        var third = await bench.SignInThereAsync(await bench.LeaveAsync(), email);
        Assert.NotNull((await bench.Browser.OpenAsync(third.ToString())).Answer("code"));
        Assert.Equal("stale_page", (await bench.Browser.OpenAsync(third.ToString())).Error);
    }

    [Fact]
    public async Task A_code_of_another_attempt_is_refused_by_its_proof()
    {
        using var bench = await BrokerBench.StartAsync(servers);
        var email = await bench.PersonThereAsync();
        var stolen = await bench.SignInThereAsync(await bench.LeaveAsync(), email);
        var leave = await bench.LeaveAsync();

        var screen = await bench.Browser.OpenAsync(BrokerBench.With(stolen, "state", BrokerFacts.Query(leave, "state")).ToString());

        Assert.Equal("broker_unconfirmed", screen.Error);
    }

    [Theory]
    [InlineData("http://idp.example/token")]
    [InlineData("https://localhost/token")]
    [InlineData("https://127.0.0.1/token")]
    [InlineData("https://[::1]/token")]
    [InlineData("https://[::ffff:10.0.0.1]/token")]
    [InlineData("https://10.1.2.3/token")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("https://192.168.0.1/token")]
    [InlineData("https://0x7f000001/token")]
    [InlineData("https://2130706433/token")]
    [InlineData("https://postgres/token")]
    [InlineData("https://somebody@idp.example/token")]
    [InlineData("file:///etc/passwd")]
    [InlineData("token")]
    public async Task No_provider_leads_into_the_network_of_the_server(string address)
    {
        using var admin = new Provisioning(strict.Identity.Url);
        JsonObject Provider(string token) => new()
        {
            ["alias"] = $"a{Guid.NewGuid():N}",
            ["config"] = new JsonObject
            {
                ["clientId"] = "x",
                ["issuer"] = "https://idp.example",
                ["authorizationUrl"] = "https://idp.example/auth",
                ["tokenUrl"] = token,
                ["jwksUrl"] = "https://idp.example/keys",
            },
        };

        Assert.Equal(HttpStatusCode.BadRequest, await admin.StatusAsync(HttpMethod.Post, "/identity-provider/instances", Provider(address)));
        Assert.Equal(HttpStatusCode.Created, await admin.StatusAsync(HttpMethod.Post, "/identity-provider/instances", Provider("https://idp.example/token")));
    }

    [Theory]
    [InlineData("8.8.8.8", true)]
    [InlineData("2001:4860:4860::8888", true)]
    [InlineData("0.0.0.0", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    public void A_name_is_looked_at_again_when_it_is_connected_to(string address, bool isPublic) =>
        Assert.Equal(isPublic, PublicNetwork.IsPublic(IPAddress.Parse(address)));

    [Fact]
    public async Task Nobody_is_signed_out_by_what_their_provider_did_not_say_just_now()
    {
        await using var liar = await Liar.StartAsync();
        await using var another = await Liar.StartAsync();
        using var bench = await BrokerBench.StartAsync(servers, liar.Describe);
        // Another company says that it is the same server, and signs with keys of its own: it speaks of its own people.
        using var impostor = await BrokerBench.StartAsync(servers, provider =>
        {
            liar.Describe(provider);
            provider["config"]!["jwksUrl"] = $"{another.Url}/keys";
        });
        var leave = await bench.LeaveAsync();
        liar.Answer = liar.Token("genuine", BrokerFacts.Query(leave, "nonce"), $"{Guid.NewGuid():N}@{bench.Domain}");
        await bench.Browser.OpenAsync($"{BrokerFacts.Query(leave, "redirect_uri")}?code=x&state={BrokerFacts.Query(leave, "state")}");

        foreach (var fault in new[] { "no token", "issuer", "audience", "key", "unsigned", "hmac", "nonce", "no event", "old", "nobody", "no jti", "expired" })
            Assert.True(await TellAsync(fault == "no token" ? "x" : liar.LogoutToken(fault)) == HttpStatusCode.BadRequest, fault);
        foreach (var token in new[] { liar.LogoutToken("another session"), liar.LogoutToken("another person"), liar.LogoutToken("impostor", another) })
            Assert.Equal(HttpStatusCode.OK, await TellAsync(token));
        Assert.False(await bench.IsOutAsync());

        Assert.Equal(HttpStatusCode.OK, await TellAsync(liar.LogoutToken("genuine")));
        Assert.True(await bench.IsOutAsync());
    }

    private async Task<HttpStatusCode> TellAsync(string token)
    {
        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("logout_token", token)]);
        using var response = await http.PostAsync(new Uri(servers.BackChannel), form, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    /// <summary>A provider that says what it is told to.</summary>
    private sealed class Liar : IAsyncDisposable
    {
        private readonly RSA _rsa = RSA.Create(2048);
        private readonly RSA _other = RSA.Create(2048);
        private readonly WebApplication _app;

        private Liar(WebApplication app) => _app = app;

        public string Answer { get; set; } = "";

        public string Url => _app.Urls.Single();

        private string Subject { get; } = $"{Guid.NewGuid()}";

        public static async Task<Liar> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var liar = new Liar(builder.Build());
            var keys = new JsonObject
            {
                ["keys"] = new JsonArray(new JsonObject
                {
                    ["kty"] = "RSA",
                    ["kid"] = "one",
                    ["use"] = "sig",
                    ["n"] = Base64UrlEncoder.Encode(liar._rsa.ExportParameters(false).Modulus!),
                    ["e"] = Base64UrlEncoder.Encode(liar._rsa.ExportParameters(false).Exponent!),
                })
            }.ToJsonString();
            liar._app.MapGet("/keys", () => Results.Text(keys, "application/json"));
            liar._app.MapPost("/token", () => Results.Text(new JsonObject { ["id_token"] = liar.Answer, ["access_token"] = "x", ["token_type"] = "Bearer" }.ToJsonString(), "application/json"));
            await liar._app.StartAsync();
            return liar;
        }

        public void Describe(JsonObject provider)
        {
            var config = provider["config"]!;
            (config["issuer"], config["authorizationUrl"], config["tokenUrl"], config["jwksUrl"]) = (Url, $"{Url}/auth", $"{Url}/token", $"{Url}/keys");
        }

        public string Token(string fault, string nonce, string email)
        {
            var claims = new Dictionary<string, object> { ["sub"] = Subject, ["sid"] = "s1", ["email"] = email, ["email_verified"] = true, ["nonce"] = nonce };
            if (fault == "nonce") claims["nonce"] = "another";
            if (fault is "no nonce") claims.Remove("nonce");
            if (fault is "no subject") claims.Remove("sub");
            if (fault is "two audiences") (claims["aud"], claims["azp"]) = (new[] { CustomerServer.ClientId, "other" }, "other");
            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
            {
                Issuer = fault == "issuer" ? "https://other.example" : Url,
                Audience = fault switch { "audience" => "other", "two audiences" => null, _ => CustomerServer.ClientId },
                Claims = claims,
                IssuedAt = now.AddHours(-1),
                NotBefore = now.AddHours(-1),
                Expires = fault == "expired" ? now.AddMinutes(-5) : now.AddMinutes(5),
                SigningCredentials = fault == "unsigned" ? null : new SigningCredentials(Key(fault), fault == "hmac" ? SecurityAlgorithms.HmacSha256 : SecurityAlgorithms.RsaSha256),
            });
        }

        /// <summary>Somebody has signed out there, or so it says.</summary>
        public string LogoutToken(string fault, Liar? signer = null)
        {
            var now = TimeProvider.System.GetUtcNow();
            var claims = new Dictionary<string, object>
            {
                ["iss"] = fault == "issuer" ? "https://other.example" : Url,
                ["aud"] = fault == "audience" ? "other" : CustomerServer.ClientId,
                ["iat"] = (fault == "old" ? now.AddMinutes(-6) : now).ToUnixTimeSeconds(),
                ["exp"] = (fault == "expired" ? now.AddMinutes(-1) : now.AddMinutes(2)).ToUnixTimeSeconds(),
                ["jti"] = $"{Guid.NewGuid()}",
                ["sub"] = fault == "another person" ? "somebody" : Subject,
                ["sid"] = fault == "another session" ? "s2" : "s1",
                ["events"] = new Dictionary<string, object> { [fault == "no event" ? "x" : "http://schemas.openid.net/event/backchannel-logout"] = new Dictionary<string, object>() },
            };
            if (fault == "nonce") claims["nonce"] = "x";
            if (fault == "no jti") claims.Remove("jti");
            if (fault == "nobody" && claims.Remove("sub")) claims.Remove("sid");
            var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
            var payload = System.Text.Json.JsonSerializer.Serialize(claims);
            return fault == "unsigned" ? handler.CreateToken(payload)
                : handler.CreateToken(payload, new SigningCredentials((signer ?? this).Key(fault), fault == "hmac" ? SecurityAlgorithms.HmacSha256 : SecurityAlgorithms.RsaSha256));
        }

        private SecurityKey Key(string fault) => fault switch
        {
            "key" => new RsaSecurityKey(_other) { KeyId = "one" },
            "hmac" => new SymmetricSecurityKey(_rsa.ExportSubjectPublicKeyInfo()) { KeyId = "one" },
            _ => new RsaSecurityKey(_rsa) { KeyId = "one" },
        };

        public async ValueTask DisposeAsync()
        {
            await _app.DisposeAsync();
            _rsa.Dispose();
            _other.Dispose();
        }
    }
}
