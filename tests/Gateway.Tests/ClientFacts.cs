using System.Globalization;
using System.Net;
using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests;

/// <summary>What a client is granted: its share of requests, and which pages may call.</summary>
public sealed class ClientFacts(ClientFacts.Stingy gateway) : IClassFixture<ClientFacts.Stingy>
{
    private const int Burst = 5;
    private static readonly Uri Companies = new("/api/v1/contacts/companies", UriKind.Relative);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_client_that_asks_too_much_waits_and_others_do_not()
    {
        using var greedy = gateway.Client(TestTokens.ForPerson(TestTenants.Acme, Guid.CreateVersion7()));
        for (var left = Burst - 1; left >= 0; left--)
        {
            using var allowed = await greedy.GetAsync(Companies, Token);
            Assert.Equal((HttpStatusCode.OK, left), (allowed.StatusCode, Header(allowed, "RateLimit-Remaining")));
        }

        using var refused = await greedy.GetAsync(Companies, Token);
        await Problem.IsAsync(refused, HttpStatusCode.TooManyRequests, "RATE_LIMITED");
        Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        Assert.Equal((Burst, 0), (Header(refused, "RateLimit-Limit"), Header(refused, "RateLimit-Remaining")));
        using var modest = gateway.Client(TestTokens.ForPerson(TestTenants.Acme, Guid.CreateVersion7()));
        using var other = await modest.GetAsync(Companies, Token);
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Over_grpc_the_status_is_resource_exhausted()
    {
        var client = new TenantsService.TenantsServiceClient(gateway.Grpc(TestTokens.ForPerson(TestTenants.Acme, Guid.CreateVersion7())));
        for (var i = 0; i < Burst; i++)
            await client.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token);
        var failure = await Assert.ThrowsAsync<RpcException>(() => client.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token).ResponseAsync);
        Assert.Equal(StatusCode.ResourceExhausted, failure.StatusCode);
    }

    [Fact]
    public async Task Clients_without_a_token_share_by_address_and_health_is_free()
    {
        using var nobody = gateway.Client(null);
        for (var i = 0; i <= Burst; i++)
            (await nobody.GetAsync(new Uri("/health", UriKind.Relative), Token)).EnsureSuccessStatusCode();
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i <= Burst; i++)
        {
            using var response = await nobody.GetAsync(Companies, Token);
            statuses.Add(response.StatusCode);
        }

        Assert.Equal(HttpStatusCode.Unauthorized, statuses[0]);
        Assert.Equal(HttpStatusCode.TooManyRequests, statuses[^1]);
        Assert.Contains("Refused UNAUTHENTICATED 1 time(s): GET /api/v1/contacts/{**rest}, nobody at 127.0.0.1, tenant (null)", gateway.Refusals.Lines);
        Assert.Contains(gateway.Refusals.Lines, line => line.StartsWith("Refused RATE_LIMITED 1 time(s): GET /api/v1/contacts/{**rest}, nobody at 127.0.0.1", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("https://app.example", true)]
    [InlineData("https://app.example.evil", false)]
    [InlineData("http://localhost:3000", false)]
    [InlineData("null", false)]
    public async Task Only_configured_pages_may_call(string origin, bool allowed)
    {
        var before = gateway.Sidecar.Forwarded;
        using var client = gateway.Client(null);
        using var preflight = new HttpRequestMessage(HttpMethod.Options, Companies);
        preflight.Headers.Add("Origin", origin);
        preflight.Headers.Add("Access-Control-Request-Method", "PATCH");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,idempotency-key");
        using var response = await client.SendAsync(preflight, Token);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal(allowed ? [origin] : [], response.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) ? origins : []);
        Assert.Equal(before, gateway.Sidecar.Forwarded);
    }

    [Fact]
    public async Task A_page_can_read_why_it_was_refused()
    {
        using var client = gateway.Client("not-a-token");
        client.DefaultRequestHeaders.Add("Origin", "https://app.example");
        using var response = await client.GetAsync(Companies, Token);
        Assert.Equal("https://app.example", response.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("Retry-After", response.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
    }

    private static int Header(HttpResponseMessage response, string name) => int.Parse(response.Headers.GetValues(name).Single(), CultureInfo.InvariantCulture);

    public sealed class Stingy : GatewayFixture
    {
        public LoggedLines Refusals { get; } = new("Platform.Errors.RefusalLog");

        // Nothing is refilled while the tests run.
        protected override Dictionary<string, string?> Settings => new() { ["RateLimit:PermitsPerSecond"] = "0.001", ["RateLimit:Burst"] = $"{Burst}", ["Cors:Origins:0"] = "https://app.example" };

        protected override void Configure(IServiceCollection services)
        {
            base.Configure(services);
            services.AddSingleton<ILoggerProvider>(Refusals);
        }
    }
}
