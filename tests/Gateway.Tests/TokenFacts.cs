using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests;

/// <summary>The attack corpus of tokens at the public door: each ends there, and nothing behind it hears of it.</summary>
public sealed class TokenFacts(GatewayFixture gateway) : IClassFixture<GatewayFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_forged_token_passes()
    {
        using var lure = new TcpListener(IPAddress.Loopback, 0);
        lure.Start();
        var forged = ForgedTokens.All(TestTenants.Acme, Guid.CreateVersion7(), TestTenants.Globex, new Uri($"http://{lure.LocalEndpoint}/keys"));
        Assert.True(forged.Count >= 35, $"Only {forged.Count} tokens were made.");
        var before = gateway.Sidecar.Requests.Count;
        foreach (var (name, token, stoppedBy) in forged)
        {
            using var client = gateway.Client(token);
            using var response = await client.GetAsync(new Uri("/api/v1/contacts/companies", UriKind.Relative), Token);
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"A token {name} was not stopped by '{stoppedBy}': {response.StatusCode}");
            var failure = await Assert.ThrowsAsync<RpcException>(() => new TenantsService.TenantsServiceClient(gateway.Grpc(token)).GetTenantAsync(new GetTenantRequest(), cancellationToken: Token).ResponseAsync);
            Assert.True(failure.StatusCode == StatusCode.Unauthenticated, $"A token {name} was not stopped by '{stoppedBy}': {failure.Status}");
        }

        Assert.Equal(before, gateway.Sidecar.Requests.Count);
        Assert.False(lure.Pending(), "The gateway fetched an address that a token named.");
    }

    // Kestrel refuses the request line and the headers before anything of ours runs.
    [Theory]
    [InlineData("Authorization: Bearer x\r\n folded: y")]
    [InlineData("X-Name\u0000: y")]
    [InlineData("X Name: y")]
    [InlineData(": y")]
    [InlineData("X-Name: a\u0000b")]
    [InlineData("Host: other")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6")]
    [InlineData("Content-Length: -1")]
    [InlineData("Transfer-Encoding: chunked, identity")]
    public async Task A_header_that_could_be_read_in_two_ways_is_refused(string header)
    {
        var before = gateway.Sidecar.Requests.Count;
        var (status, _) = await gateway.RawAsync("GET /api/v1/contacts/companies HTTP/1.1", Token, $"Authorization: Bearer {gateway.Token}", header);
        Assert.Equal(400, status);
        Assert.Equal(before, gateway.Sidecar.Requests.Count);
    }

    // Two tokens are one header value with a comma, which is no token; which of them was meant is not guessed.
    [Fact]
    public async Task Two_tokens_are_none()
    {
        var before = gateway.Sidecar.Requests.Count;
        var (status, _) = await gateway.RawAsync("GET /api/v1/contacts/companies HTTP/1.1", Token, $"Authorization: Bearer {gateway.Token}", $"Authorization: Bearer {gateway.Token}");
        Assert.Equal(401, status);
        Assert.Equal(before, gateway.Sidecar.Requests.Count);
    }

    // A line break that arrives escaped is refused with the address; it never reaches a header of ours.
    [Theory]
    [InlineData("/api/v1/contacts/companies?query=a%0d%0aX-Evil:%201")]
    [InlineData("/api/v1/contacts/companies?query=%E5%98%8A%E5%98%8DX-Evil:%201")]
    public async Task An_escaped_line_break_makes_no_header(string target)
    {
        var (_, answer) = await gateway.RawAsync($"GET {target} HTTP/1.1", Token, $"Authorization: Bearer {gateway.Token}");
        Assert.DoesNotContain("\r\nX-Evil", answer, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(gateway.Sidecar.Requests, seen => seen.Headers.ContainsKey("X-Evil"));
    }

    // 64 KiB for an address, and Kestrel's 32 KiB for all other headers.
    [Fact]
    public async Task Headers_without_end_are_refused()
    {
        var (status, _) = await gateway.RawAsync("GET /api/v1/contacts/companies HTTP/1.1", Token, $"Authorization: Bearer {new string('a', 120_000)}");
        Assert.Equal(431, status);
    }
}
