using System.Net;
using System.Text.RegularExpressions;
using Xunit;

namespace Gateway.Tests.OpenApi;

/// <summary>The page that shows the document, without anything from elsewhere.</summary>
public sealed partial class DocsFacts(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_page_runs_its_own_scripts_only()
    {
        using var client = gateway.Client(null);
        using var response = await client.GetAsync(new Uri("/docs", UriKind.Relative), Token);
        var page = await response.Content.ReadAsStringAsync(Token);
        var policy = response.Headers.GetValues("Content-Security-Policy").Single();
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src 'nonce-{Nonce().Match(page).Groups[1].Value}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("://", page, StringComparison.Ordinal);
        var scripts = Script().Matches(page).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(2, scripts.Count);
        Assert.All(await Task.WhenAll(scripts.Select(script => client.GetStringAsync(new Uri(script, UriKind.Relative), Token))), text => Assert.True(text.Length > 500));
        using var again = await client.GetAsync(new Uri("/docs", UriKind.Relative), Token);
        Assert.NotEqual(policy, again.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Fact]
    public async Task Scalar_is_sent_as_its_package_has_it_and_kept_by_browsers()
    {
        using var client = gateway.Client(null);
        client.DefaultRequestHeaders.AcceptEncoding.ParseAdd("gzip");
        using var response = await client.GetAsync(new Uri("/docs/scalar.js", UriKind.Relative), Token);
        Assert.Equal((HttpStatusCode.OK, "text/javascript"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        Assert.Equal([0x1f, 0x8b], (await response.Content.ReadAsByteArrayAsync(Token))[..2]);
        Assert.True(response.Headers.CacheControl?.MaxAge > TimeSpan.FromDays(1));
    }

    [GeneratedRegex("csp-nonce\" content=\"([^\"]+)\"")]
    private static partial Regex Nonce();

    [GeneratedRegex("<script src=\"([^\"]+)\"")]
    private static partial Regex Script();
}
