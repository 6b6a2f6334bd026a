using System.Net;
using Xunit;

namespace Gateway.Tests.Sessions;

/// <summary>The web application as the gateway serves it.</summary>
public sealed class WebFacts(WebFixture gateway) : IClassFixture<WebFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_is_not_signed_in_is_led_to_the_sign_in_and_back_to_the_page()
    {
        using var browser = gateway.Browser();
        using var response = await browser.GetAsync("/app/o/contacts.person?q=ann");
        Assert.Equal("/bff/login?returnUrl=%2Fapp%2Fo%2Fcontacts.person%3Fq%3Dann", response.Headers.Location?.ToString());
        gateway.Identity.Person = FakePerson.New();
        Assert.Equal("/app/o/contacts.person?q=ann", await browser.SignInAsync(response.Headers.Location!.ToString()));
    }

    [Fact]
    public async Task Every_address_of_it_is_the_page_with_a_nonce_of_its_own()
    {
        using var browser = await gateway.SignedInAsync(FakePerson.New());
        var nonces = new HashSet<string>();
        foreach (var path in (string[])["/app", "/app/", "/app/o/contacts.person/1"])
        {
            using var response = await browser.GetAsync(path);
            Assert.Equal((HttpStatusCode.OK, "text/html", "no-store"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType, response.Headers.CacheControl?.ToString()));
            var page = await response.Content.ReadAsStringAsync(Token);
            var nonce = page.Split("nonce=\"")[1].Split('"')[0];
            var policy = response.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains($"style-src 'self' 'nonce-{nonce}'", policy, StringComparison.Ordinal);
            Assert.StartsWith("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            nonces.Add(nonce);
        }

        Assert.Equal(3, nonces.Count);
    }

    [Theory]
    [InlineData("/app/assets/index-1.js", "text/javascript", "public, max-age=31536000, immutable")]
    [InlineData("/app/assets/earlier-1.css", "text/css", "public, max-age=31536000, immutable")]
    [InlineData("/app/first-paint.js", "text/javascript", "public, max-age=300")]
    public async Task Its_parts_are_kept_by_browsers_also_those_of_the_build_before(string path, string type, string caching)
    {
        using var browser = gateway.Browser();
        using var response = await browser.GetAsync(path);
        Assert.Equal((HttpStatusCode.OK, type), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal(caching, response.Headers.CacheControl?.ToString());
    }

    [Theory]
    [InlineData("/app/assets/none.js")]
    [InlineData("/app/assets/..%2Fsecret.txt")]
    [InlineData("/app/assets/%2e%2e%5csecret.txt")]
    public async Task Nothing_else_is_to_be_had(string path)
    {
        using var browser = gateway.Browser();
        using var response = await browser.GetAsync(path);
        Assert.Contains(response.StatusCode, (HttpStatusCode[])[HttpStatusCode.NotFound, HttpStatusCode.BadRequest]);
        Assert.DoesNotContain("secret", await response.Content.ReadAsStringAsync(Token), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_landing_page_leads_there()
    {
        using var browser = gateway.Browser();
        using var response = await browser.GetAsync("/");
        Assert.Contains("href=\"/app\"", await response.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }
}

/// <summary>A gateway with a small application in a folder of its own.</summary>
public sealed class WebFixture : SessionFixture
{
    private readonly string _folder = Directory.CreateTempSubdirectory("web-").FullName;

    protected override Dictionary<string, string?> Settings => new(base.Settings) { ["Web:Root"] = Path.Combine(_folder, "web") };

    public override async ValueTask InitializeAsync()
    {
        Write("web/index.html", """<meta property="csp-nonce" nonce="{{nonce}}">""");
        Write("web/first-paint.js", "1");
        Write("web/assets/index-1.js", "2");
        Write("web.old/assets/earlier-1.css", "3");
        Write("web/secret.txt", "secret");
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private void Write(string file, string text)
    {
        var path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
