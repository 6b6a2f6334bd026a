using System.Text.Json.Nodes;
using Platform.Identity.Tests.Harness;
using Xunit;

namespace Platform.Identity.Tests.Brokering;

/// <summary>Sign-ins that begin at the provider: its page of applications has a button for the platform.</summary>
public sealed class SamlUnaskedFacts(SamlIdp idp, SharedProvider server) : IClassFixture<SamlIdp>
{
    private const string Home = "http://app.example/start";

    [Fact]
    public async Task A_person_who_comes_from_the_provider_is_asked_and_led_to_the_application()
    {
        using var bench = await StartAsync();
        var application = await ApplicationAsync(bench);
        var email = bench.Email();

        var question = await PostAsync(bench, application, Words(bench, application) with { Email = email });
        var done = await bench.Browser.SubmitAsync(question);
        var twice = await bench.Browser.SubmitAsync(question);
        var again = await bench.Cli.ExchangeAsync(await bench.Browser.OpenAsync(bench.Cli.AuthorizationUrl(("prompt", "none"))));

        Assert.Contains(email, question.Html, StringComparison.Ordinal);
        Assert.Equal($"{Home}?iss={Uri.EscapeDataString(server.Issuer)}", done.LeftFor?.AbsoluteUri);
        Assert.Equal("stale_page", twice.Error);
        Assert.Equal((email, "fed"), ((string?)again.Claims()["preferred_username"], (string?)again.Claims()["amr"]!.AsArray().Single()));
    }

    [Fact]
    public async Task Nobody_is_signed_in_by_it_unless_the_connection_says_so_and_the_person_too()
    {
        using var bench = await StartAsync();
        var application = await ApplicationAsync(bench);
        using var victim = new Browser(server.Url);

        // A page posts the attacker's own answer in somebody else's browser, which has not agreed; nor does another browser's agreement count.
        var question = await PostAsync(bench, application, Words(bench, application) with { Email = bench.Email() });
        var elsewhere = await victim.SubmitAsync(question);
        var silent = await bench.Browser.OpenAsync(bench.Cli.AuthorizationUrl(("prompt", "none")));
        await bench.SetAsync(("platform.idpInitiated", "false"));
        var late = await bench.Browser.SubmitAsync(question);
        var off = await PostAsync(bench, application, Words(bench, application) with { Email = bench.Email() });
        var unknown = await PostAsync(bench, "another", Words(bench, "another") with { Email = bench.Email() });

        Assert.Equal(("stale_page", "stale_page"), (elsewhere.Error, late.Error));
        Assert.Equal("login_required", silent.Answer("error"));
        Assert.Equal(("broker_unasked", "stale_page"), (off.Error, unknown.Error));
        Assert.Empty((await bench.Admin.GetAsync($"/organizations/{bench.Organization}/members")).AsArray());
        await Eventually.True(async () => (await bench.JournalAsync()).Contains(("IDENTITY_PROVIDER_LOGIN_ERROR", "broker_unasked", "sign-ins do not begin there")));
    }

    [Fact]
    public async Task An_unasked_answer_is_for_this_door_from_just_now_and_counts_once()
    {
        using var bench = await StartAsync();
        var application = await ApplicationAsync(bench);
        var words = Words(bench, application) with { Email = bench.Email() };
        var attempt = await bench.LeaveAsync();
        var used = words with { AssertionId = $"_a{Guid.NewGuid():N}" };
        Assert.Contains("kc-unasked-form", (await PostAsync(bench, application, used)).Html, StringComparison.Ordinal);
        (string Reason, SamlWords Words)[] attacks =
        [
            ("used already", used),
            ("destination", words with { Destination = bench.Endpoint }),
            ("no confirmation for this sign-in", words with { Recipient = bench.Endpoint }),
            ("audience", words with { Audience = "https://other.example" }),
            ("answers another request, or none", words with { InResponseTo = attempt.Id }),
            ("no confirmation for this sign-in", words with { ConfirmedRequest = attempt.Id }),
            ("not from just now", words with { IssuedIn = -600 }),
            ("not valid now", words with { ValidFor = -120 }),
            ("no confirmation for this sign-in", words with { ConfirmedFor = -120 }),
        ];

        foreach (var (reason, lie) in attacks)
            Assert.True((await PostAsync(bench, application, lie)).Error == "broker_unconfirmed", reason);
        // What is for this door opens no other, and what was asked for opens this one not.
        Assert.Equal("broker_unconfirmed", (await bench.PostAsync(attempt, Signed(Words(bench, application) with { Email = bench.Email() }))).Error);
        var asked = await bench.LeaveAsync();
        Assert.Equal("broker_unconfirmed", (await PostAsync(bench, application, bench.Words(asked) with { Email = bench.Email() })).Error);

        IReadOnlyList<(string Type, string? Error, string? Reason)> journal = [];
        await Eventually.True(async () => (journal = await bench.JournalAsync()).Count == attacks.Length + 2);
        Assert.Equal(attacks.Select(attack => attack.Reason), journal.Reverse().Take(attacks.Length).Select(entry => entry.Reason));
        Assert.Empty((await bench.Admin.GetAsync($"/organizations/{bench.Organization}/members")).AsArray());
    }

    private Task<SamlBench> StartAsync() => SamlBench.StartAsync(server, idp, provider =>
    {
        provider["config"]!["platform.idpInitiated"] = "true";
        provider["config"]!["allowedClockSkew"] = "10";
    });

    private static async Task<string> ApplicationAsync(SamlBench bench)
    {
        var name = $"app-{Guid.NewGuid():N}";
        await bench.Admin.CreateAsync("/clients", new JsonObject
        {
            ["clientId"] = name,
            ["publicClient"] = true,
            ["baseUrl"] = Home,
            ["redirectUris"] = new JsonArray("http://app.example/callback"),
            ["attributes"] = new JsonObject { ["saml_idp_initiated_sso_url_name"] = name },
        });
        return name;
    }

    private static string Door(SamlBench bench, string application) => $"{bench.Endpoint}/clients/{application}";

    // Made a moment ahead, within the skew: what could be from before the server began is refused.
    private SamlWords Words(SamlBench bench, string application) => new(Door(bench, application), "", server.Issuer) { InResponseTo = null, ConfirmedRequest = null, IssuedIn = 10 };

    private string Signed(SamlWords words)
    {
        var document = SamlIdp.Load(words.ResponseXml());
        idp.Sign(SamlIdp.Assertion(document));
        return SamlIdp.Encode(document);
    }

    private Task<Screen> PostAsync(SamlBench bench, string application, SamlWords words) => bench.Browser.PostAsync(Door(bench, application), ("SAMLResponse", Signed(words)));
}
