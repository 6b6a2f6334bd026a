using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests;

/// <summary>The one door without a token: exactly two addresses, and few sign-ups for each address.</summary>
public sealed class SignupDoorFacts(SignupDoorFacts.Fixture gateway) : IClassFixture<SignupDoorFacts.Fixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_sign_up_passes_without_a_token_and_not_too_often()
    {
        using var nobody = gateway.Client(null);
        var door = new Uri("/api/v1/automation/signups", UriKind.Relative);
        for (var i = 0; i < 2; i++)
        {
            using var passed = await nobody.PostAsJsonAsync(door, new { slug = "acme" }, Token);
            Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
        }

        using var refused = await nobody.PostAsJsonAsync(door, new { slug = "acme" }, Token);
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.True(refused.Headers.RetryAfter!.Delta > TimeSpan.FromMinutes(1));
        using var status = await nobody.GetAsync(new Uri("/api/v1/automation/signups/1-2", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/v1/automation/signups")]
    [InlineData("PUT", "/api/v1/automation/signups")]
    [InlineData("POST", "/api/v1/automation/signups/1-2")]
    [InlineData("GET", "/api/v1/automation/signups/1-2/steps")]
    [InlineData("GET", "/api/v1/automation/processes")]
    public async Task Everything_beside_it_needs_a_token(string method, string path)
    {
        using var nobody = gateway.Client(null);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await nobody.SendAsync(request, Token);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_company_has_a_share_for_all_its_people_together()
    {
        var tenant = Guid.Parse(Fixture.SmallTenant);
        HttpResponseMessage? last = null;
        for (var i = 0; i < 4; i++)
        {
            last?.Dispose();
            using var person = gateway.Client(TestTokens.ForPerson(tenant, Guid.CreateVersion7()));
            last = await person.GetAsync(new Uri("/api/v1/contacts/companies", UriKind.Relative), Token);
            Assert.Equal(i < 3 ? HttpStatusCode.OK : HttpStatusCode.TooManyRequests, last.StatusCode);
        }

        var problem = await last!.Content.ReadFromJsonAsync<JsonElement>(Token);
        last.Dispose();
        Assert.Equal("TENANT_RATE_LIMITED", problem.GetProperty("code").GetString());
        Assert.Contains("3 requests a minute", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        using var other = gateway.Client(gateway.Token);
        using var passed = await other.GetAsync(new Uri("/api/v1/contacts/companies", UriKind.Relative), Token);
        Assert.Equal(HttpStatusCode.OK, passed.StatusCode);
    }

    public sealed class Fixture : GatewayFixture
    {
        public const string SmallTenant = "0190ac3e-0000-7000-8000-00000000000f";

        protected override Dictionary<string, string?> Settings => new() { ["SignupLimit:Burst"] = "2", [$"TenantRateLimit:Tenants:{SmallTenant}"] = "3" };
    }
}
