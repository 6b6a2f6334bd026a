using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Xunit;

namespace Gateway.Tests;

public sealed class PageFacts(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_landing_page_shows_the_way_and_obeys_its_own_policy()
    {
        using var client = gateway.Client(null);
        using var response = await client.GetAsync(new Uri("/", UriKind.Relative), Token);
        var page = await response.Content.ReadAsStringAsync(Token);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.DoesNotContain("{{", page, StringComparison.Ordinal);
        Assert.Contains("http://localhost:8025/", page, StringComparison.Ordinal);
        Assert.Contains("http://identity.test/realms/platform/.well-known/openid-configuration", page, StringComparison.Ordinal);
        Assert.Contains($"curl {gateway.Rest}api/v1/contacts/companies", page, StringComparison.Ordinal);
        var style = page[(page.IndexOf("<style>", StringComparison.Ordinal) + 7)..page.IndexOf("</style>", StringComparison.Ordinal)];
        Assert.Contains($"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)))}'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_host_that_a_client_names_is_text_on_the_page()
    {
        var (status, body) = await gateway.RawAsync("GET / HTTP/1.1", Token, "X-Forwarded-Host: <script>alert(1)</script>");
        Assert.Equal(200, status);
        Assert.DoesNotContain("<script", body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_domains_are_listed()
    {
        using var client = gateway.Client(null);
        var list = await client.GetFromJsonAsync<JsonElement>("/api/v1", Token);
        Assert.Equal(
            ["tenants", "contacts", "deals", "finance", "communications", "automation", "metadata", "records", "pipelines", "inventory", "search", "quotes", "objects", "audit"],
            list.GetProperty("domains").EnumerateArray().Select(domain => domain.GetProperty("name").GetString()));
        using var icon = await client.GetAsync(new Uri("/favicon.svg", UriKind.Relative), Token);
        Assert.Equal((HttpStatusCode.OK, "image/svg+xml"), (icon.StatusCode, icon.Content.Headers.ContentType?.MediaType));
    }
}
