using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

public sealed class TenantFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_kept_and_announced_and_a_stale_etag_is_refused()
    {
        var company = await tenants.CompanyAsync();
        var before = await company.Administrator.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token);
        var change = new UpdateTenantRequest { Tenant = new Tenant { Etag = before.Etag, TaxNumber = "US-77" }, UpdateMask = new FieldMask { Paths = { "tax_number" } } };
        var updated = await company.Administrator.UpdateTenantAsync(change, cancellationToken: Token);
        Assert.Equal(("US-77", "Initech Inc.", "Austin"), (updated.TaxNumber, updated.LegalName, updated.Address.City));
        Assert.Equal(updated, await company.Administrator.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token));
        Assert.Equal(1L, await tenants.EventsAsync("TenantUpdated", company.Tenant));
        await Fails.With(StatusCode.Aborted, "STALE_ETAG", company.Administrator.UpdateTenantAsync(change, cancellationToken: Token));
    }

    [Fact]
    public async Task What_was_read_can_be_sent_back_whole()
    {
        var company = await tenants.CompanyAsync();
        var tenant = await company.Administrator.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token);
        tenant.DisplayName = "Initrode";
        Assert.Equal("Initrode", (await company.Administrator.UpdateTenantAsync(new UpdateTenantRequest { Tenant = tenant }, cancellationToken: Token)).DisplayName);
    }

    [Fact]
    public async Task A_change_touches_no_other_company()
    {
        var (mine, other) = (await tenants.CompanyAsync(), await tenants.CompanyAsync());
        await mine.Administrator.UpdateTenantAsync(new UpdateTenantRequest { Tenant = new Tenant { Id = other.Tenant.ToString(), DisplayName = "Mine" } }, cancellationToken: Token);
        Assert.Equal("Initech", (await other.Administrator.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token)).DisplayName);
        Assert.Equal(mine.Tenant.ToString(), (await mine.Administrator.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token)).Id);
    }

    [Theory]
    [InlineData("""{"displayName":" "}""", "tenant.displayName")]
    [InlineData("""{"currency":"euro"}""", "tenant.currency")]
    [InlineData("""{"address":{"country":"Germany"}}""", "tenant.address.country")]
    [InlineData("""{"slug":"other"}""", "tenant.slug")]
    [InlineData("""{"colour":"red"}""", "colour")]
    public async Task A_wrong_value_is_refused_by_field(string body, string field)
    {
        using var client = tenants.Rest(TestTokens.ForPerson(TestTenants.Acme, DemoPeople.Alice));
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await client.PatchAsync(new Uri("/api/v1/tenants/current", UriKind.Relative), content, Token);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(field, problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Only_administrators_change_the_company()
    {
        var change = new UpdateTenantRequest { Tenant = new Tenant { DisplayName = "Fiona's" } };
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", tenants.As(TestTenants.Acme, DemoPeople.Fiona).UpdateTenantAsync(change, cancellationToken: Token));
    }

    [Fact]
    public async Task A_service_account_for_an_unknown_company_finds_none()
    {
        var client = new TenantsService.TenantsServiceClient(tenants.Grpc(TestTokens.ForService("tenants.read", "tenants.admin"), ("x-tenant-id", Guid.CreateVersion7().ToString())));
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", client.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token));
    }
}
