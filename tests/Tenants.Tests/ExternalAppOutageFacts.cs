using System.Net;
using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

public sealed class ExternalAppOutageFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    [Fact]
    public async Task While_the_identity_server_is_away_nothing_changes_and_nobody_gets_in_unchecked()
    {
        var token = TestContext.Current.CancellationToken;
        var company = await tenants.CompanyAsync();
        var apps = new ExternalAppsService.ExternalAppsServiceClient(tenants.Grpc(TestTokens.ForPerson(company.Tenant, company.AdministratorId)));
        var request = new CreateExternalAppRequest
        {
            ExternalApp = new ExternalApp { DisplayName = "Shop", Type = ExternalAppType.Public, RedirectUris = { "https://shop.example/callback" }, Permissions = { "tenants.read" } },
        };
        var app = (await apps.CreateExternalAppAsync(request, cancellationToken: token)).ExternalApp;
        using var client = tenants.Rest(TestTokens.Create(new Dictionary<string, object>
        {
            ["sub"] = company.AdministratorId.ToString(),
            ["azp"] = app.ClientId,
            ["scope"] = "tenants.read",
            ["iat"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
            ["organization"] = new Dictionary<string, object> { ["company"] = new Dictionary<string, object> { ["id"] = company.Tenant.ToString() } },
        }));
        tenants.Identity.IsAway = true;

        await Fails.With(StatusCode.Unavailable, "IDENTITY_UNAVAILABLE", apps.CreateExternalAppAsync(request, cancellationToken: token));
        await Fails.With(StatusCode.Unavailable, "IDENTITY_UNAVAILABLE", apps.DeleteExternalAppAsync(new DeleteExternalAppRequest { Id = app.Id }, cancellationToken: token));
        await Fails.With(StatusCode.Unavailable, "IDENTITY_UNAVAILABLE", apps.UpdateExternalAppAsync(new UpdateExternalAppRequest { ExternalApp = new ExternalApp { Id = app.Id, DisplayName = "Other" } }, cancellationToken: token));
        using var refused = await client.GetAsync(new Uri("/api/v1/tenants/current", UriKind.Relative), token);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        var left = Assert.Single((await apps.ListExternalAppsAsync(new ListExternalAppsRequest(), cancellationToken: token)).ExternalApps);
        Assert.Equal(("Shop", app.Etag), (left.DisplayName, left.Etag));
    }
}
