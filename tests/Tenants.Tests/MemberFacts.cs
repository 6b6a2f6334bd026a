using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

public sealed class MemberFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_new_member_may_at_once_what_its_roles_grant()
    {
        var company = await tenants.CompanyAsync();
        var user = Guid.CreateVersion7();
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", tenants.As(company.Tenant, user).GetTenantAsync(new GetTenantRequest(), cancellationToken: Token));
        var member = await AddAsync(company, user, "sales", "viewer", "sales");
        Assert.Equal(["sales", "viewer"], member.Roles);
        Assert.Equal("initech", (await tenants.As(company.Tenant, user).GetTenantAsync(new GetTenantRequest(), cancellationToken: Token)).Slug);
        Assert.Equal(1L, await tenants.EventsAsync("MemberChanged", user));
        await Fails.With(StatusCode.AlreadyExists, "ALREADY_MEMBER", company.Administrator.CreateMemberAsync(new CreateMemberRequest { Member = member }, cancellationToken: Token));
    }

    [Fact]
    public async Task Lost_roles_and_lost_membership_count_at_once()
    {
        var company = await tenants.CompanyAsync();
        var user = Guid.CreateVersion7();
        var member = await AddAsync(company, user, "administrator");
        var client = tenants.As(company.Tenant, user);
        await client.ListMembersAsync(new ListMembersRequest(), cancellationToken: Token);
        await company.Administrator.UpdateMemberAsync(Roles(user, "viewer"), cancellationToken: Token);
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", client.UpdateMemberAsync(Roles(user, "administrator"), cancellationToken: Token));
        await client.ListMembersAsync(new ListMembersRequest(), cancellationToken: Token);
        await company.Administrator.DeleteMemberAsync(new DeleteMemberRequest { UserId = member.UserId }, cancellationToken: Token);
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", client.ListMembersAsync(new ListMembersRequest(), cancellationToken: Token));
        Assert.Equal(3L, await tenants.EventsAsync("MemberChanged", user));
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        var company = await tenants.CompanyAsync();
        await Fails.With(StatusCode.FailedPrecondition, "LAST_ADMINISTRATOR", company.Administrator.UpdateMemberAsync(Roles(company.AdministratorId, "sales"), cancellationToken: Token));
        await Fails.With(StatusCode.FailedPrecondition, "LAST_ADMINISTRATOR", company.Administrator.DeleteMemberAsync(new DeleteMemberRequest { UserId = company.AdministratorId.ToString() }, cancellationToken: Token));
        await company.Administrator.UpdateMemberAsync(Roles(company.AdministratorId, "administrator", "sales"), cancellationToken: Token);
        await AddAsync(company, Guid.CreateVersion7(), "administrator");
        await company.Administrator.DeleteMemberAsync(new DeleteMemberRequest { UserId = company.AdministratorId.ToString() }, cancellationToken: Token);
    }

    [Fact]
    public async Task Administrators_who_remove_each_other_at_once_leave_one()
    {
        for (var round = 0; round < 5; round++)
        {
            var company = await tenants.CompanyAsync();
            var second = Guid.CreateVersion7();
            await AddAsync(company, second, "administrator");
            var removals = new[] { (As: company.AdministratorId, Whom: second), (As: second, Whom: company.AdministratorId) }.Select(async removal =>
            {
                try
                {
                    await tenants.As(company.Tenant, removal.As).DeleteMemberAsync(new DeleteMemberRequest { UserId = removal.Whom.ToString() }, cancellationToken: Token);
                }
                catch (RpcException exception)
                {
                    Assert.True(exception.StatusCode is StatusCode.FailedPrecondition or StatusCode.PermissionDenied, exception.Message);
                }
            });
            await Task.WhenAll(removals);
            Assert.Equal(1L, await tenants.Database.QueryAsync<long>($"SELECT count(*) FROM members WHERE tenant_id = '{company.Tenant}'"));
        }
    }

    [Fact]
    public async Task An_unknown_role_is_refused_by_name()
    {
        var company = await tenants.CompanyAsync();
        var create = new CreateMemberRequest { Member = new Member { UserId = $"{Guid.CreateVersion7()}", Roles = { "sales", "emperor" } } };
        await Fails.With(StatusCode.InvalidArgument, "UNKNOWN_ROLE", company.Administrator.CreateMemberAsync(create, cancellationToken: Token));
        await Fails.With(StatusCode.InvalidArgument, "UNKNOWN_ROLE", company.Administrator.UpdateMemberAsync(Roles(company.AdministratorId, "emperor"), cancellationToken: Token));
        using var rest = tenants.Rest(TestTokens.ForPerson(company.Tenant, company.AdministratorId));
        using var response = await rest.PostAsJsonAsync("/api/v1/tenants/current/members", new { userId = create.Member.UserId, roles = create.Member.Roles }, Token);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(Token);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(("UNKNOWN_ROLE", "member.roles[1]"), (problem.GetProperty("code").GetString(), problem.GetProperty("errors")[0].GetProperty("field").GetString()));
    }

    [Theory]
    [InlineData("", "a@initech.example", "sales")]
    [InlineData("not-an-id", "a@initech.example", "sales")]
    [InlineData("0190ac3e-0000-7000-8000-0000000000f1", "nobody", "sales")]
    [InlineData("0190ac3e-0000-7000-8000-0000000000f1", "a@initech.example", null)]
    public async Task A_wrong_member_is_refused(string userId, string email, string? role)
    {
        var company = await tenants.CompanyAsync();
        var member = new Member { UserId = userId, Email = email };
        if (role is not null)
            member.Roles.Add(role);
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", company.Administrator.CreateMemberAsync(new CreateMemberRequest { Member = member }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_stale_etag_changes_nothing()
    {
        var company = await tenants.CompanyAsync();
        var member = await AddAsync(company, Guid.CreateVersion7(), "sales");
        var change = new UpdateMemberRequest { Member = new Member { UserId = member.UserId, Etag = member.Etag, DisplayName = "New" } };
        Assert.Equal(("New", "sales"), ((await company.Administrator.UpdateMemberAsync(change, cancellationToken: Token)).DisplayName, member.Roles.Single()));
        await Fails.With(StatusCode.Aborted, "STALE_ETAG", company.Administrator.UpdateMemberAsync(change, cancellationToken: Token));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        var (mine, other) = (await tenants.CompanyAsync(), await tenants.CompanyAsync());
        var list = await other.Administrator.ListMembersAsync(new ListMembersRequest(), cancellationToken: Token);
        Assert.Equal(other.AdministratorId.ToString(), Assert.Single(list.Members).UserId);
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", other.Administrator.UpdateMemberAsync(Roles(mine.AdministratorId, "viewer"), cancellationToken: Token));
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", other.Administrator.DeleteMemberAsync(new DeleteMemberRequest { UserId = mine.AdministratorId.ToString() }, cancellationToken: Token));
    }

    [Fact]
    public async Task Members_are_changed_by_administrators_only()
    {
        var sam = tenants.As(TestTenants.Acme, DemoPeople.Sam);
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", sam.UpdateMemberAsync(Roles(DemoPeople.Sam, "administrator"), cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", sam.DeleteMemberAsync(new DeleteMemberRequest { UserId = DemoPeople.Alice.ToString() }, cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", sam.CreateMemberAsync(new CreateMemberRequest(), cancellationToken: Token));
    }

    [Fact]
    public async Task Pages_hold_every_member_once()
    {
        var company = await tenants.CompanyAsync();
        for (var i = 0; i < 4; i++)
            await AddAsync(company, Guid.NewGuid(), "viewer");
        var seen = new List<string>();
        for (var token = ""; ;)
        {
            var page = await company.Administrator.ListMembersAsync(new ListMembersRequest { PageSize = 2, PageToken = token }, cancellationToken: Token);
            seen.AddRange(page.Members.Select(member => member.UserId));
            if ((token = page.NextPageToken).Length == 0)
                break;
        }

        Assert.Equal((5, 5), (seen.Count, seen.Distinct().Count()));
    }

    private static async Task<Member> AddAsync(Company company, Guid user, params string[] roles) =>
        await company.Administrator.CreateMemberAsync(new CreateMemberRequest { Member = new Member { UserId = user.ToString(), Email = $"{user}@initech.example", Roles = { roles } } }, cancellationToken: Token);

    private static UpdateMemberRequest Roles(Guid user, params string[] roles) =>
        new() { Member = new Member { UserId = user.ToString(), Roles = { roles } }, UpdateMask = new FieldMask { Paths = { "roles" } } };
}
