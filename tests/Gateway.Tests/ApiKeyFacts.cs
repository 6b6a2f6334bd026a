using System.Net;
using System.Security.Cryptography;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests;

public sealed class ApiKeyFacts(GatewayFixture gateway, ApiKeyFacts.WithoutSidecar deaf, ApiKeyFacts.Strict strict)
    : IClassFixture<GatewayFixture>, IClassFixture<ApiKeyFacts.WithoutSidecar>, IClassFixture<ApiKeyFacts.Strict>
{
    private static readonly Uri Companies = new("/api/v1/contacts/companies", UriKind.Relative);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_key_passes_unchanged_and_names_no_tenant_but_its_own()
    {
        var key = KeyOf(TestTenants.Acme);
        using var client = gateway.Client(key);
        client.DefaultRequestHeaders.Add("x-tenant-id", TestTenants.Globex.ToString());
        using var response = await client.GetAsync(Companies, Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var seen = gateway.Sidecar.Requests.Last(request => request.Target.Contains("companies", StringComparison.Ordinal));
        Assert.Equal($"Bearer {key}", seen.Headers["Authorization"]);
        Assert.False(seen.Headers.ContainsKey("x-tenant-id"));
    }

    [Fact]
    public async Task A_key_that_nobody_knows_is_refused_at_the_door()
    {
        using var client = gateway.Client(KeyOf(TestTenants.Globex));
        using var response = await client.GetAsync(Companies, Token);
        await Problem.IsAsync(response, HttpStatusCode.Unauthorized, "UNAUTHENTICATED");
    }

    [Fact]
    public async Task A_key_that_cannot_be_checked_is_not_called_wrong()
    {
        using var client = deaf.Client(KeyOf(TestTenants.Acme));
        using var response = await client.GetAsync(Companies, Token);
        await Problem.IsAsync(response, HttpStatusCode.ServiceUnavailable, "ACCESS_UNAVAILABLE");
        Assert.NotNull(response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Who_guesses_keys_has_no_more_of_them_looked_up()
    {
        for (var guess = 0; guess < 20; guess++)
        {
            using var client = strict.Client(KeyOf(TestTenants.Globex));
            using var response = await client.GetAsync(Companies, Token);
            Assert.True(response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests, $"{response.StatusCode}");
        }

        var asked = strict.Sidecar.Requests.Count(request => request.Target.EndsWith("/GetAccess", StringComparison.Ordinal));
        Assert.InRange(asked, 1, 10);
    }

    private static string KeyOf(Guid tenant) => $"pk_{tenant:N}_{Guid.CreateVersion7():N}_{RandomNumberGenerator.GetHexString(64, lowercase: true)}";

    public sealed class WithoutSidecar : GatewayFixture
    {
        protected override Dictionary<string, string?> Settings => new() { ["DAPR_HTTP_PORT"] = "1", ["DAPR_GRPC_PORT"] = "1" };
    }

    public sealed class Strict : GatewayFixture
    {
        protected override Dictionary<string, string?> Settings => new() { ["RateLimit:Burst"] = "3", ["RateLimit:PermitsPerSecond"] = "0.1" };
    }
}
