using System.Net;
using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests.Sessions;

/// <summary>OpenID Connect Back-Channel Logout 1.0, section 2.6.</summary>
public sealed class BackChannelFacts(SessionFixture gateway) : IClassFixture<SessionFixture>
{
    private const string Event = "http://schemas.openid.net/event/backchannel-logout";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Lies =>
    [
        "no event", "another event", "event is no object", "nonce", "no sub and no sid", "no jti", "old", "of the future", "expired",
        "wrong key", "wrong issuer", "wrong audience", "unsigned", "no token", "swapped type",
    ];

    [Fact]
    public async Task The_sessions_of_a_single_sign_on_end()
    {
        var person = FakePerson.New();
        using var browser = await gateway.SignedInAsync(person);
        using var other = await gateway.SignedInAsync(FakePerson.New());
        gateway.Identity.Person = person;
        using var response = await PostAsync(gateway.Identity.LogoutToken());
        Assert.Equal((HttpStatusCode.OK, "no-store"), (response.StatusCode, response.Headers.CacheControl?.ToString()));
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await browser.CallAsync(), await other.CallAsync()));
    }

    [Theory]
    [InlineData("sub")]
    [InlineData("sid")]
    public async Task Either_the_person_or_the_session_is_enough(string alone)
    {
        using var browser = await gateway.SignedInAsync(FakePerson.New());
        using var response = await PostAsync(gateway.Identity.LogoutToken(claims => claims.Remove(alone == "sub" ? "sid" : "sub")));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.CallAsync());
    }

    [Fact]
    public async Task Another_persons_name_on_the_session_ends_nothing()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.New());
        using var response = await PostAsync(gateway.Identity.LogoutToken(claims => claims["sub"] = "somebody-else"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await browser.CallAsync());
    }

    [Fact]
    public async Task A_repeated_token_does_nothing_more()
    {
        var person = FakePerson.New();
        using var first = await gateway.SignedInAsync(person);
        var token = gateway.Identity.LogoutToken();
        (await PostAsync(token)).Dispose();
        using var second = await gateway.SignedInAsync(person);
        using var replay = await PostAsync(token);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (replay.StatusCode, await second.CallAsync()));
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Nothing_else_ends_a_session(string lie)
    {
        using var browser = await gateway.SignedInAsync(FakePerson.New());
        using var response = await PostAsync(Lie(lie));
        Assert.Equal((HttpStatusCode.BadRequest, "application/json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(HttpStatusCode.OK, await browser.CallAsync());
    }

    private string Lie(string lie)
    {
        var identity = gateway.Identity;
        return lie switch
        {
            "no event" => identity.LogoutToken(claims => claims.Remove("events")),
            "another event" => identity.LogoutToken(claims =>
                claims["events"] = new Dictionary<string, object> { ["http://schemas.openid.net/event/other"] = new Dictionary<string, object>() }),
            "event is no object" => identity.LogoutToken(claims => claims["events"] = new Dictionary<string, object> { [Event] = "yes" }),
            "nonce" => identity.LogoutToken(claims => claims["nonce"] = "x"),
            "no sub and no sid" => identity.LogoutToken(claims => _ = (claims.Remove("sub"), claims.Remove("sid"))),
            "no jti" => identity.LogoutToken(claims => claims.Remove("jti")),
            "old" => identity.LogoutToken(claims => claims["iat"] = DateTimeOffset.UtcNow.AddMinutes(-20).ToUnixTimeSeconds()),
            "of the future" => identity.LogoutToken(claims => claims["iat"] = DateTimeOffset.UtcNow.AddMinutes(20).ToUnixTimeSeconds()),
            "expired" => identity.LogoutToken(expires: DateTime.UtcNow.AddMinutes(-3)),
            "wrong key" => identity.LogoutToken(key: new RsaSecurityKey(RSA.Create(2048)) { KeyId = TestTokens.Key.KeyId }),
            "wrong issuer" => identity.LogoutToken(issuer: $"{identity.Url}/realms/other"),
            "wrong audience" => identity.LogoutToken(audience: "platform-mobile"),
            "unsigned" => Unsigned(identity.LogoutToken()),
            // An access token of the person, which many have seen.
            "swapped type" => TestTokens.Create(identity.Person.Claims(""), identity.Issuer, FakeIdentity.ClientId),
            _ => "",
        };
    }

    private static string Unsigned(string token)
    {
        var header = Base64UrlEncoder.Encode("""{"alg":"none","typ":"JWT"}""");
        return $"{header}.{token.Split('.')[1]}.";
    }

    private async Task<HttpResponseMessage> PostAsync(string token)
    {
        using var http = new HttpClient { BaseAddress = gateway.Rest };
        using var form = new FormUrlEncodedContent(token.Length == 0 ? [] : [new("logout_token", token)]);
        return await http.PostAsync(new Uri("/bff/backchannel-logout", UriKind.Relative), form, Token);
    }
}
