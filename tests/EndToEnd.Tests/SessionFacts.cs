using System.Net;
using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Signing in with a browser, through the real identity server, and what becomes of the session.</summary>
public sealed class SessionFacts(RunningStack stack)
{
    private const string Alice = "alice@acme.example";
    private const string Tenant = "/api/v1/tenants/current";

    // Another replica may go by what it read for so long, and some more for a slow machine.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_signs_in_works_and_signs_out()
    {
        using var browser = WebBrowser.Open(stack.Gateway);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync(Tenant));
        var (address, page) = await browser.VisitAsync("/bff/login", Alice);
        Assert.Equal(stack.Gateway, address);
        Assert.Contains("<b>Alice Anders</b> · Acme", page, StringComparison.Ordinal);
        Assert.Equal("Acme", (await browser.GetAsync(Tenant)).GetProperty("displayName").GetString());
        using var created = await browser.ChangeAsync(HttpMethod.Post, "/api/v1/contacts/companies", new { name = $"By cookie {Guid.NewGuid():N}" });
        Assert.Equal(HttpStatusCode.OK, created.StatusCode);

        var (_, after) = await browser.PressAsync("/", "/sign-out");
        Assert.DoesNotContain("Alice Anders", after, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await browser.StatusAsync(Tenant));
        // The single sign-on is over as well: the next sign-in asks for the password.
        Assert.Contains("type=\"password\"", (await browser.VisitAsync("/bff/login")).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_gateways_share_sessions_and_renew_them_without_getting_in_each_others_way()
    {
        using var here = await WebBrowser.SignedInAsync(stack.Gateway, Alice);
        // Every request finds its token too old: all of them renew, and a refresh token that is used twice would end it all.
        await using var second = await SecondGateway.StartAsync(stack, ("Sessions__RenewBefore", "00:10:00"), ("Sessions__CacheFor", "00:00:00"));
        await using var third = await SecondGateway.StartAsync(stack, ("Sessions__RenewBefore", "00:10:00"), ("Sessions__CacheFor", "00:00:00"));
        WebBrowser[] browsers = [here, here.At(second.Address), here.At(third.Address)];
        for (var round = 0; round < 5; round++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => browsers[i % 3].StatusAsync(Tenant)));
            Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        }

        using var logout = await browsers[1].ChangeAsync(HttpMethod.Post, "/bff/logout");
        Assert.Equal(HttpStatusCode.OK, logout.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, await browsers[2].StatusAsync(Tenant));
        await Eventually.HoldsAsync(async () => await here.StatusAsync(Tenant) == HttpStatusCode.Unauthorized, Soon);
    }

    [Fact]
    public async Task A_lost_browser_is_signed_out_from_another_one()
    {
        using var lost = await WebBrowser.SignedInAsync(stack.Gateway, Alice);
        using var here = await WebBrowser.SignedInAsync(stack.Gateway, Alice);
        var id = (await lost.GetAsync("/bff/user")).GetProperty("session").GetProperty("id").GetString();
        Assert.Contains((await here.GetAsync("/bff/sessions")).GetProperty("sessions").EnumerateArray(), session => session.GetProperty("id").GetString() == id);
        using var response = await here.ChangeAsync(HttpMethod.Delete, $"/bff/sessions/{id}");
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await lost.StatusAsync(Tenant), await here.StatusAsync(Tenant)));
        Assert.Contains("type=\"password\"", (await lost.VisitAsync("/bff/login")).Page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_identity_server_says_ends_the_session()
    {
        using var browser = await WebBrowser.SignedInAsync(stack.Gateway, Alice);
        using var other = await WebBrowser.SignedInAsync(stack.Gateway, "greg@globex.example");
        using var http = new HttpClient { BaseAddress = stack.Gateway };
        using var forged = await http.PostAsync(new Uri("/bff/backchannel-logout", UriKind.Relative), await LogoutAsync(RSA.Create(2048), browser), Token);
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.OK), (forged.StatusCode, await browser.StatusAsync(Tenant)));

        using var key = RSA.Create();
        key.ImportFromPem(await File.ReadAllTextAsync(Path.Combine(stack.Data, "identity", "signing-key.pem"), Token));
        using var response = await http.PostAsync(new Uri("/bff/backchannel-logout", UriKind.Relative), await LogoutAsync(key, browser), Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.OK), (await browser.StatusAsync(Tenant), await other.StatusAsync(Tenant)));
    }

    // A logout token for all sessions of the person, as the identity server writes it.
    private async Task<FormUrlEncodedContent> LogoutAsync(RSA key, WebBrowser browser)
    {
        var signing = new RsaSecurityKey(key) { KeyId = Base64UrlEncoder.Encode(SHA256.HashData(key.ExportSubjectPublicKeyInfo())) };
        var token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = $"{stack.Identity}realms/platform",
            Audience = "platform-web",
            Expires = DateTime.UtcNow.AddMinutes(2),
            TokenType = "logout+jwt",
            SigningCredentials = new SigningCredentials(signing, SecurityAlgorithms.RsaSha256),
            Claims = new Dictionary<string, object>
            {
                ["sub"] = (await browser.GetAsync("/bff/user")).GetProperty("id").GetString()!,
                ["jti"] = Guid.NewGuid().ToString(),
                ["events"] = new Dictionary<string, object> { ["http://schemas.openid.net/event/backchannel-logout"] = new Dictionary<string, object>() },
            },
        });
        return new FormUrlEncodedContent([new("logout_token", token)]);
    }
}
