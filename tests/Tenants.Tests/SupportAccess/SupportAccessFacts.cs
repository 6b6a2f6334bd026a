using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests.SupportAccess;

/// <summary>The operator's people in a company: only with its consent, for a time, and under their own name.</summary>
public sealed class SupportAccessFacts(SupportFixture tenants) : IClassFixture<SupportFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_consent_there_is_nothing_and_with_it_what_a_viewer_sees()
    {
        var company = await tenants.CompanyAsync();
        var support = tenants.Support(company.Tenant);
        await IsRefusedAsync(support);
        var grant = await RequestAsync(support);
        Assert.Equal((SupportGrantState.Requested, "Pat Support", "Ticket 4711"), (grant.State, grant.SupportName, grant.Reason));
        await IsRefusedAsync(support);
        var approved = await tenants.For(company).ApproveSupportGrantAsync(new ApproveSupportGrantRequest { Id = grant.Id }, cancellationToken: Token);
        Assert.Equal((SupportGrantState.Granted, "viewer", company.AdministratorId.ToString(), TimeSpan.FromHours(2)),
            (approved.State, approved.Role, approved.DeciderId, approved.ExpireTime.ToDateTimeOffset() - approved.DecideTime.ToDateTimeOffset()));
        Assert.Equal("initech", (await support.Tenants.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token)).Slug);
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", support.Tenants.UpdateTenantAsync(new UpdateTenantRequest(), cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", support.Access.ApproveSupportGrantAsync(new ApproveSupportGrantRequest { Id = grant.Id }, cancellationToken: Token));
        Assert.Equal(2L, await EventsAsync(grant));
    }

    [Fact]
    public async Task It_is_good_in_one_company_for_one_person()
    {
        var (company, other) = (await tenants.CompanyAsync(), await tenants.CompanyAsync());
        var support = await GrantedAsync(company);
        await support.Tenants.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token);
        await IsRefusedAsync(tenants.Support(other.Tenant, support.Id));
        await IsRefusedAsync(tenants.Support(company.Tenant));
        // Somebody without the role who says the same.
        var pretender = TestTokens.Create(new Dictionary<string, object> { ["sub"] = support.Id.ToString() });
        var client = new TenantsService.TenantsServiceClient(tenants.Grpc(pretender, ("x-tenant-id", company.Tenant.ToString())));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", client.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token));
        // The other company neither sees nor decides it.
        var id = (await tenants.For(company).ListSupportGrantsAsync(new ListSupportGrantsRequest(), cancellationToken: Token)).SupportGrants.Single().Id;
        Assert.Empty((await tenants.For(other).ListSupportGrantsAsync(new ListSupportGrantsRequest(), cancellationToken: Token)).SupportGrants);
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", tenants.For(other).RevokeSupportGrantAsync(new RevokeSupportGrantRequest { Id = id }, cancellationToken: Token));
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", tenants.Support(company.Tenant).Access.EndSupportAccessAsync(new EndSupportAccessRequest { Id = id }, cancellationToken: Token));
    }

    [Fact]
    public async Task It_ends_with_its_time_though_it_was_in_use_a_moment_before()
    {
        var company = await tenants.CompanyAsync();
        var support = await GrantedAsync(company);
        tenants.Pass(TimeSpan.FromHours(2) - TimeSpan.FromMinutes(1));
        await support.Tenants.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token);
        tenants.Pass(TimeSpan.FromMinutes(1));
        await IsRefusedAsync(support);
        var grant = (await tenants.For(company).ListSupportGrantsAsync(new ListSupportGrantsRequest(), cancellationToken: Token)).SupportGrants.Single();
        Assert.Equal(SupportGrantState.Expired, grant.State);
        await Eventually.HoldsAsync(async () => await EventsAsync(grant) == 3);
        await Fails.With(StatusCode.FailedPrecondition, "SUPPORT_GRANT_CLOSED", tenants.For(company).RevokeSupportGrantAsync(new RevokeSupportGrantRequest { Id = grant.Id }, cancellationToken: Token));
        await RequestAsync(support);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Either_side_ends_it_at_once(bool byTheCompany)
    {
        var company = await tenants.CompanyAsync();
        var support = await GrantedAsync(company);
        await support.Tenants.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token);
        var id = (await support.Access.ListOwnSupportGrantsAsync(new ListOwnSupportGrantsRequest(), cancellationToken: Token)).SupportGrants.Single().Id;
        var ended = byTheCompany
            ? await tenants.For(company).RevokeSupportGrantAsync(new RevokeSupportGrantRequest { Id = id }, cancellationToken: Token)
            : await support.Access.EndSupportAccessAsync(new EndSupportAccessRequest { Id = id }, cancellationToken: Token);
        Assert.Equal(byTheCompany ? SupportGrantState.Revoked : SupportGrantState.Ended, ended.State);
        await IsRefusedAsync(support);
        Assert.Equal(3L, await EventsAsync(ended));
    }

    [Fact]
    public async Task A_refused_request_is_over()
    {
        var company = await tenants.CompanyAsync();
        var support = tenants.Support(company.Tenant);
        var grant = await RequestAsync(support);
        await Fails.With(StatusCode.AlreadyExists, "SUPPORT_ACCESS_OPEN", support.Access.RequestSupportAccessAsync(Request(), cancellationToken: Token));
        Assert.Equal(SupportGrantState.Rejected, (await tenants.For(company).RejectSupportGrantAsync(new RejectSupportGrantRequest { Id = grant.Id }, cancellationToken: Token)).State);
        await Fails.With(StatusCode.FailedPrecondition, "SUPPORT_GRANT_CLOSED", tenants.For(company).ApproveSupportGrantAsync(new ApproveSupportGrantRequest { Id = grant.Id }, cancellationToken: Token));
        await IsRefusedAsync(support);
        await RequestAsync(support);
    }

    [Fact]
    public async Task The_administrator_chooses_the_role_and_none_that_administers()
    {
        var company = await tenants.CompanyAsync();
        var support = tenants.Support(company.Tenant);
        var grant = await RequestAsync(support);
        var approve = new ApproveSupportGrantRequest { Id = grant.Id, Role = "administrator" };
        await Fails.With(StatusCode.InvalidArgument, "ROLE_TOO_POWERFUL", tenants.For(company).ApproveSupportGrantAsync(approve, cancellationToken: Token));
        approve.Role = "emperor";
        await Fails.With(StatusCode.InvalidArgument, "UNKNOWN_ROLE", tenants.For(company).ApproveSupportGrantAsync(approve, cancellationToken: Token));
        approve.Role = "sales";
        await tenants.For(company).ApproveSupportGrantAsync(approve, cancellationToken: Token);
        var access = await support.Tenants.GetAccessAsync(new GetAccessRequest(), cancellationToken: Token);
        Assert.Equal(("sales", grant.Id, true), (Assert.Single(access.Roles), access.SupportGrantId, access.Permissions.Contains("deals.write")));
    }

    [Fact]
    public async Task A_person_of_the_company_consents_and_nobody_else()
    {
        var company = await tenants.CompanyAsync();
        var grant = await RequestAsync(tenants.Support(company.Tenant));
        var approve = new ApproveSupportGrantRequest { Id = grant.Id };
        var viewer = new SupportAccessService.SupportAccessServiceClient(tenants.Grpc(TestTokens.ForPerson(company.Tenant, await company.AddAsync("viewer"))));
        var account = new SupportAccessService.SupportAccessServiceClient(tenants.Grpc(TestTokens.ForService("tenants.admin"), ("x-tenant-id", company.Tenant.ToString())));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", viewer.ApproveSupportGrantAsync(approve, cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", account.ApproveSupportGrantAsync(approve, cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", tenants.For(company).RequestSupportAccessAsync(Request(), cancellationToken: Token));
    }

    [Theory]
    [InlineData("", 3600)]
    [InlineData("Ticket 4711", 59)]
    [InlineData("Ticket 4711", 28801)]
    public async Task A_request_gives_a_reason_and_takes_hours_at_most(string reason, int seconds)
    {
        var support = tenants.Support((await tenants.CompanyAsync()).Tenant);
        var request = new RequestSupportAccessRequest { Reason = reason, Duration = Duration.FromTimeSpan(TimeSpan.FromSeconds(seconds)) };
        await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", support.Access.RequestSupportAccessAsync(request, cancellationToken: Token));
    }

    [Fact]
    public async Task The_log_names_the_support_person_and_the_grant()
    {
        var company = await tenants.CompanyAsync();
        var support = await GrantedAsync(company);
        var grant = (await support.Access.ListOwnSupportGrantsAsync(new ListOwnSupportGrantsRequest(), cancellationToken: Token)).SupportGrants.Single();
        await support.Access.EndSupportAccessAsync(new EndSupportAccessRequest { Id = grant.Id }, cancellationToken: Token);
        var actors = await tenants.Database.QueryAsync<string>($"""
            SELECT string_agg(actor_kind || ' ' || actor || ' ' || on_behalf_of, E'\n' ORDER BY id) FROM audit_entries
            WHERE tenant_id = '{company.Tenant}' AND resource = 'tenants.support_grant'
            """);
        Assert.Equal(
            [$"Support {support.Id} ", $"Person {company.AdministratorId} ", $"Support {support.Id} support-grants/{grant.Id}"],
            actors!.Split('\n'));
    }

    private static RequestSupportAccessRequest Request() => new() { Reason = "Ticket 4711", Duration = Duration.FromTimeSpan(TimeSpan.FromHours(2)) };

    private static async Task<SupportGrant> RequestAsync(SupportPerson support) => await support.Access.RequestSupportAccessAsync(Request(), cancellationToken: Token);

    private static Task IsRefusedAsync(SupportPerson support) =>
        Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", support.Tenants.GetTenantAsync(new GetTenantRequest(), cancellationToken: Token));

    private async Task<SupportPerson> GrantedAsync(Company company)
    {
        var support = tenants.Support(company.Tenant);
        var grant = await RequestAsync(support);
        await tenants.For(company).ApproveSupportGrantAsync(new ApproveSupportGrantRequest { Id = grant.Id }, cancellationToken: Token);
        return support;
    }

    private Task<long> EventsAsync(SupportGrant grant) => tenants.EventsAsync("SupportAccessChanged", Guid.Parse(grant.Id));
}
