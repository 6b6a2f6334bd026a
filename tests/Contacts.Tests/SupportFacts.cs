using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;

namespace Contacts.Tests;

/// <summary>What a service makes of support access, as the tenants service tells it.</summary>
public sealed class SupportFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] Roles = ["tenants.support"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_support_person_works_where_there_is_a_grant_and_the_log_names_both()
    {
        var (user, grant) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        Grant(TestTenants.Acme, user, grant, TimeProvider.System.GetUtcNow().AddHours(1));
        var created = await As(TestTenants.Acme, user).CreateCompanyAsync(new CreateCompanyRequest { Company = new Company { Name = $"Support {grant}" } }, cancellationToken: Token);
        Assert.Equal($"Support {user} support-grants/{grant}", await contacts.Database.QueryAsync<string>(
            $"SELECT actor_kind || ' ' || actor || ' ' || on_behalf_of FROM audit_entries WHERE tenant_id = '{TestTenants.Acme}' AND resource_id = '{created.Id}'"));
        await IsRefusedAsync(As(TestTenants.Globex, user));
    }

    [Fact]
    public async Task A_grant_whose_time_is_over_is_none()
    {
        var user = Guid.CreateVersion7();
        Grant(TestTenants.Acme, user, Guid.CreateVersion7(), TimeProvider.System.GetUtcNow());
        await IsRefusedAsync(As(TestTenants.Acme, user));
    }

    private static async Task IsRefusedAsync(CompaniesService.CompaniesServiceClient client)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await client.ListCompaniesAsync(new ListCompaniesRequest(), cancellationToken: Token));
        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
    }

    private void Grant(Guid tenant, Guid user, Guid grant, DateTimeOffset until) => contacts.Access.Set(tenant, new Platform.Tenants.V1.Access
    {
        UserId = user.ToString(),
        Roles = { "sales" },
        Permissions = { "contacts.read", "contacts.write" },
        SupportGrantId = grant.ToString(),
        ExpireTime = until.ToTimestamp(),
    });

    private CompaniesService.CompaniesServiceClient As(Guid tenant, Guid user) => new(contacts.Grpc(
        TestTokens.Create(new Dictionary<string, object>
        {
            ["sub"] = user.ToString(),
            ["resource_access"] = new Dictionary<string, object> { [TestTokens.Audience] = new Dictionary<string, object> { ["roles"] = Roles } },
        }),
        ("x-tenant-id", tenant.ToString())));
}
