using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

public sealed class DemoFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Guid, Guid, string> People => new()
    {
        { TestTenants.Acme, DemoPeople.Alice, "administrator" },
        { TestTenants.Acme, DemoPeople.Sam, "sales" },
        { TestTenants.Acme, DemoPeople.Fiona, "finance" },
        { TestTenants.Globex, DemoPeople.Greg, "administrator" },
        { TestTenants.Globex, DemoPeople.Gina, "sales" },
    };

    [Theory]
    [MemberData(nameof(People))]
    public async Task A_demo_person_has_one_role_in_its_own_company(Guid tenant, Guid user, string role)
    {
        var access = await tenants.As(tenant, user).GetAccessAsync(new GetAccessRequest(), cancellationToken: Token);
        Assert.Equal([role], access.Roles);
        var other = tenant == TestTenants.Acme ? TestTenants.Globex : TestTenants.Acme;
        Assert.Empty((await tenants.As(other, user).GetAccessAsync(new GetAccessRequest(), cancellationToken: Token)).Roles);
    }

    [Fact]
    public async Task The_demo_companies_are_complete()
    {
        var acme = await tenants.As(TestTenants.Acme, DemoPeople.Alice).GetTenantAsync(new GetTenantRequest(), cancellationToken: Token);
        Assert.Equal(("acme", "Acme GmbH", "DE123456788", "EUR", "Berlin", "DE"), (acme.Slug, acme.LegalName, acme.TaxNumber, acme.Currency, acme.Address.City, acme.Address.Country));
        var globex = await tenants.As(TestTenants.Globex, DemoPeople.Gina).GetTenantAsync(new GetTenantRequest(), cancellationToken: Token);
        Assert.Equal(("globex", "Globex Ltd", "GBP", "London", "GB"), (globex.Slug, globex.LegalName, globex.Currency, globex.Address.City, globex.Address.Country));
    }

    [Fact]
    public async Task A_second_start_creates_nothing_and_announces_nothing_again()
    {
        Assert.Equal(1L, await tenants.Database.QueryAsync<long>($"SELECT count(*) FROM tenants WHERE slug = 'acme'"));
        Assert.Equal(1L, await tenants.EventsAsync("TenantCreated", TestTenants.Acme));
        Assert.Equal(1L, await tenants.EventsAsync("TenantCreated", TestTenants.Globex));
        Assert.Equal(1L, await tenants.EventsAsync("MemberChanged", DemoPeople.Sam));
    }
}
