using System.Net;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Brokering;

/// <summary>Whoever may post to the endpoint tries to be somebody else.</summary>
public sealed class SamlAttackFacts(SamlIdp idp, SharedProvider server) : IClassFixture<SamlIdp>
{
    private const string Victim = "the administrator";

    [Theory]
    [InlineData("genuine", null)]
    [InlineData("audience", "broker_unconfirmed")]
    [InlineData("no audience", "broker_unconfirmed")]
    [InlineData("another audience as well", "broker_unconfirmed")]
    [InlineData("recipient", "broker_unconfirmed")]
    [InlineData("destination", "broker_unconfirmed")]
    [InlineData("no destination", "broker_unconfirmed")]
    [InlineData("issuer", "broker_unconfirmed")]
    [InlineData("issuer of the response", "broker_unconfirmed")]
    [InlineData("expired", "broker_unconfirmed")]
    [InlineData("expired confirmation", "broker_unconfirmed")]
    [InlineData("not yet valid", "broker_unconfirmed")]
    [InlineData("issued in the future", "broker_unconfirmed")]
    [InlineData("session over", "broker_unconfirmed")]
    [InlineData("nobody signed in", "broker_unconfirmed")]
    [InlineData("another request", "broker_unconfirmed")]
    [InlineData("unasked", "broker_unconfirmed")]
    [InlineData("unasked assertion", "broker_unconfirmed")]
    [InlineData("sender vouches", "broker_unconfirmed")]
    [InlineData("unknown condition", "broker_unconfirmed")]
    [InlineData("transient", "broker_unconfirmed")]
    [InlineData("empty name", "broker_unconfirmed")]
    public async Task What_the_provider_did_not_say_to_us_on_this_sign_in_signs_nobody_in(string fault, string? error)
    {
        using var bench = await SamlBench.StartAsync(server, idp);
        var attempt = await bench.LeaveAsync();
        var document = SamlIdp.Load(Lie(bench.Words(attempt) with { Email = bench.Email() }, fault).ResponseXml());
        idp.Sign(SamlIdp.Assertion(document));

        var screen = await bench.PostAsync(attempt, SamlIdp.Encode(document));

        Assert.Equal(error, screen.Error);
        Assert.Equal(error is null, screen.Answer("code") is not null);
    }

    [Theory]
    [InlineData("unsigned")]
    [InlineData("stranger's key")]
    [InlineData("stranger's key in the signature")]
    [InlineData("sha1 signature")]
    [InlineData("sha1 digest")]
    [InlineData("hmac of the public key")]
    [InlineData("changed after signing")]
    [InlineData("signature of another element")]
    [InlineData("reference to everything")]
    [InlineData("two references")]
    [InlineData("no id")]
    [InlineData("another transform")]
    [InlineData("canonical with comments")]
    [InlineData("inclusive canonicalization")]
    [InlineData("object in the signature")]
    [InlineData("other assertion before")]
    [InlineData("other assertion behind")]
    [InlineData("signed one in the extensions")]
    [InlineData("signed one within the other")]
    [InlineData("signed one within the signature")]
    [InlineData("signed one under the same id")]
    [InlineData("signed response within another")]
    [InlineData("signature moved to the response")]
    [InlineData("encrypted")]
    [InlineData("comment in the name")]
    [InlineData("instruction in the name")]
    [InlineData("cdata in the name")]
    [InlineData("external entity")]
    [InlineData("external dtd")]
    [InlineData("billion laughs")]
    [InlineData("deep")]
    [InlineData("second name")]
    [InlineData("no xml")]
    [InlineData("no base64")]
    [InlineData("other message")]
    public async Task What_the_provider_did_not_sign_signs_nobody_in(string attack)
    {
        using var bench = await SamlBench.StartAsync(server, idp);
        var attempt = await bench.LeaveAsync();
        var words = bench.Words(attempt) with { Email = bench.Email() };

        var screen = await bench.PostAsync(attempt, new SamlForger(idp).Forge(attack, words, Victim));

        Assert.Equal("broker_unconfirmed", screen.Error);
        Assert.Null(screen.LeftFor);
        Assert.Empty((await bench.Admin.GetAsync($"/organizations/{bench.Organization}/members")).AsArray());
    }

    [Fact]
    public async Task An_answer_is_for_one_attempt_of_one_browser_and_counts_once()
    {
        using var bench = await SamlBench.StartAsync(server, idp);
        var attempt = await bench.LeaveAsync();
        var cookies = bench.Browser.Cookies.GetCookies(new Uri(bench.Endpoint)).Where(cookie => cookie.Name.StartsWith("platform_broker", StringComparison.Ordinal)).ToList();
        var document = SamlIdp.Load((bench.Words(attempt) with { Email = bench.Email() }).ResponseXml());
        idp.Sign(SamlIdp.Assertion(document));
        var answer = SamlIdp.Encode(document);
        using var victim = new Browser(server.Url);
        var other = await bench.LeaveAsync(victim);

        // Somebody else's answer, with the victim's own state and with the attacker's.
        Assert.Equal("broker_unconfirmed", (await bench.PostAsync(other, answer, victim)).Error);
        Assert.Equal("stale_page", (await bench.PostAsync(attempt, answer, victim)).Error);
        Assert.NotNull((await bench.PostAsync(attempt, answer)).Answer("code"));
        Assert.Equal("stale_page", (await bench.PostAsync(attempt, answer)).Error);
        // A browser that has kept its cookie.
        using var kept = new Browser(server.Url);
        foreach (var cookie in cookies) kept.Cookies.Add(new Uri(bench.Endpoint), new Cookie(cookie.Name, cookie.Value, cookie.Path));
        Assert.Equal("broker_unconfirmed", (await bench.PostAsync(attempt, answer, kept)).Error);
    }

    [Fact]
    public async Task An_assertion_counts_once_whatever_it_answers()
    {
        using var bench = await SamlBench.StartAsync(server, idp);
        var id = $"_a{Guid.NewGuid():N}";
        async Task<Screen> SignInAsync()
        {
            var attempt = await bench.LeaveAsync();
            var document = SamlIdp.Load((bench.Words(attempt) with { Email = bench.Email(), AssertionId = id }).ResponseXml());
            idp.Sign(SamlIdp.Assertion(document));
            return await bench.PostAsync(attempt, SamlIdp.Encode(document));
        }

        Assert.NotNull((await SignInAsync()).Answer("code"));
        Assert.Equal("broker_unconfirmed", (await SignInAsync()).Error);
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_or_that_is_too_long_is_not_read()
    {
        using var bench = await SamlBench.StartAsync(server, idp);
        var document = SamlIdp.Load((bench.Words(new(new Uri(SamlIdp.SignOnUrl), new("x"), "x")) with { Email = bench.Email() }).ResponseXml());
        idp.Sign(SamlIdp.Assertion(document));

        var unasked = await bench.Browser.PostAsync(bench.Endpoint, ("SAMLResponse", SamlIdp.Encode(document)));
        var byAddress = await bench.Browser.OpenAsync($"{bench.Endpoint}?SAMLResponse={Uri.EscapeDataString(SamlIdp.Encode(document))}");
        var attempt = await bench.LeaveAsync();
        var tooLong = await bench.PostAsync(attempt, SamlIdp.Encode(new string(' ', 80_000)));

        Assert.Equal(("stale_page", "stale_page"), (unasked.Error, byAddress.Error));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLong.Response.StatusCode);
        await Eventually.True(async () => (await bench.JournalAsync()).Contains(("IDENTITY_PROVIDER_LOGIN_ERROR", "stale_page", "nobody here has asked")));
    }

    private static SamlWords Lie(SamlWords words, string fault) => fault switch
    {
        "audience" => words with { Audience = "https://other.example" },
        "no audience" => words with { Conditions = "" },
        "another audience as well" => words with
        {
            Conditions = $"<saml:AudienceRestriction><saml:Audience>{words.Audience}</saml:Audience></saml:AudienceRestriction>"
                + "<saml:AudienceRestriction><saml:Audience>https://other.example</saml:Audience></saml:AudienceRestriction>",
        },
        "recipient" => words with { Recipient = "https://other.example/acs" },
        "destination" => words with { Destination = "https://other.example/acs" },
        "no destination" => words with { Destination = null },
        "issuer" => words with { Issuer = "https://other.example" },
        "issuer of the response" => words with { ResponseIssuer = "https://other.example" },
        "expired" => words with { ValidFor = -120 },
        "expired confirmation" => words with { ConfirmedFor = -120 },
        "not yet valid" => words with { ValidFrom = 600, ValidFor = 900 },
        "issued in the future" => words with { IssuedIn = 600 },
        "session over" => words with { SessionFor = -120 },
        "nobody signed in" => words with { AuthnStatement = "" },
        "another request" => words with { InResponseTo = "_another" },
        "unasked" => words with { InResponseTo = null },
        "unasked assertion" => words with { ConfirmedRequest = null },
        "sender vouches" => words with { Method = "urn:oasis:names:tc:SAML:2.0:cm:sender-vouches" },
        "unknown condition" => words with
        {
            Conditions = $"<saml:AudienceRestriction><saml:Audience>{words.Audience}</saml:Audience></saml:AudienceRestriction><x:OnlyOnSundays xmlns:x=\"urn:x\"/>",
        },
        "transient" => words with { NameFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient" },
        "empty name" => words with { NameId = "" },
        _ => words,
    };
}
