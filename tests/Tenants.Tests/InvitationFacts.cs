using Grpc.Core;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;

namespace Tenants.Tests;

/// <summary>Who is invited, and what they may do when they come.</summary>
public sealed class InvitationFacts(TenantsFixture tenants) : IClassFixture<TenantsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_follows_an_invitation_is_a_member_with_its_roles_and_the_invitation_is_gone()
    {
        var (company, invitations) = await CompanyAsync();
        var email = $"{Guid.CreateVersion7():N}@initech.example";
        var invited = await InviteAsync(invitations, email.ToUpperInvariant(), "sales", "finance");
        Assert.Equal((email, 1, company.AdministratorId.ToString()), (invited.Email, tenants.Identity.MailsTo(email), invited.InviterId));
        var guest = tenants.Identity.Guest(company.Tenant, email)!.Value;
        // The mail alone is nobody's proof.
        Assert.Empty((await AccessAsync(company, guest)).Roles);

        tenants.Identity.Confirm(company.Tenant, guest);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AccessAsync(company, guest)));

        Assert.All(answers, access => Assert.Equal("finance sales", string.Join(' ', access.Roles)));
        Assert.Equal(1, await tenants.EventsAsync("MemberChanged", guest));
        Assert.Empty(await ListAsync(invitations));
        await Fails.With(StatusCode.AlreadyExists, "ALREADY_MEMBER", invitations.CreateInvitationAsync(Request(email, "viewer"), cancellationToken: Token));
    }

    [Fact]
    public async Task An_invitation_is_sent_again_and_taken_back()
    {
        var (company, invitations) = await CompanyAsync();
        var (other, others) = await CompanyAsync();
        var email = $"{Guid.CreateVersion7():N}@initech.example";
        var invited = await InviteAsync(invitations, email, "viewer");
        await Fails.With(StatusCode.AlreadyExists, "ALREADY_INVITED", invitations.CreateInvitationAsync(Request(email, "sales"), cancellationToken: Token));
        await Fails.With(StatusCode.ResourceExhausted, "INVITATION_JUST_SENT", invitations.ResendInvitationAsync(new ResendInvitationRequest { Id = invited.Id }, cancellationToken: Token));
        await tenants.Database.ExecuteAsync($"UPDATE invitations SET send_time = send_time - interval '6 minutes' WHERE id = '{invited.Id}'");
        var again = await invitations.ResendInvitationAsync(new ResendInvitationRequest { Id = invited.Id }, cancellationToken: Token);
        Assert.Equal((2, true), (tenants.Identity.MailsTo(email), again.ExpireTime.ToDateTimeOffset() > invited.ExpireTime.ToDateTimeOffset()));
        await Fails.With(StatusCode.NotFound, "NOT_FOUND", others.ResendInvitationAsync(new ResendInvitationRequest { Id = invited.Id }, cancellationToken: Token));
        Assert.Empty(await ListAsync(others));
        var guest = tenants.Identity.Guest(company.Tenant, email)!.Value;
        tenants.Identity.Confirm(company.Tenant, guest);

        await invitations.DeleteInvitationAsync(new DeleteInvitationRequest { Id = invited.Id, Etag = again.Etag }, cancellationToken: Token);

        Assert.Null(tenants.Identity.Guest(company.Tenant, email));
        Assert.Empty(await ListAsync(invitations));
        Assert.Empty((await AccessAsync(company, guest)).Roles);
        Assert.NotEqual(company.Tenant, other.Tenant);
    }

    [Fact]
    public async Task Nothing_is_kept_where_the_identity_server_is_away_or_a_role_is_unknown_and_only_administrators_invite()
    {
        var (company, invitations) = await CompanyAsync();
        await Fails.With(StatusCode.InvalidArgument, "UNKNOWN_ROLE", invitations.CreateInvitationAsync(Request("a@initech.example", "emperor"), cancellationToken: Token));
        tenants.Identity.IsAway = true;
        try
        {
            await Fails.With(StatusCode.Unavailable, "IDENTITY_UNAVAILABLE", invitations.CreateInvitationAsync(Request("a@initech.example", "viewer"), cancellationToken: Token));
        }
        finally
        {
            tenants.Identity.IsAway = false;
        }

        Assert.Empty(await ListAsync(invitations));
        var seller = Client(company.Tenant, await company.AddAsync("sales"));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", seller.CreateInvitationAsync(Request("a@initech.example", "viewer"), cancellationToken: Token));
        await Fails.With(StatusCode.PermissionDenied, "PERMISSION_DENIED", seller.ListInvitationsAsync(new ListInvitationsRequest(), cancellationToken: Token));
    }

    [Fact]
    public async Task An_invitation_is_void_when_who_invited_is_no_administrator_any_more()
    {
        var (company, invitations) = await CompanyAsync();
        foreach (var isRemoved in (bool[])[true, false])
        {
            var second = await company.AddAsync("administrator");
            var email = $"{Guid.CreateVersion7():N}@initech.example";
            await InviteAsync(Client(company.Tenant, second), email, "administrator");
            tenants.Identity.Confirm(company.Tenant, tenants.Identity.Guest(company.Tenant, email)!.Value);
            if (isRemoved)
                await company.Administrator.DeleteMemberAsync(new DeleteMemberRequest { UserId = $"{second}" }, cancellationToken: Token);
            else
                await company.Administrator.UpdateMemberAsync(new UpdateMemberRequest { Member = new Member { UserId = $"{second}", Roles = { "viewer" } }, UpdateMask = Google.Protobuf.WellKnownTypes.FieldMask.FromString("roles") }, cancellationToken: Token);
            Assert.Empty((await AccessAsync(company, tenants.Identity.Guest(company.Tenant, email)!.Value)).Roles);
            Assert.Empty(await ListAsync(invitations));
        }
    }

    [Fact]
    public async Task A_company_sends_so_many_in_a_day_whatever_became_of_them_and_to_people_with_names()
    {
        var (_, invitations) = await CompanyAsync();
        foreach (var name in (string[])["Prize: evil.example/win", "www.evil.example", "Gil\nGuest", "evil.com", "gil@evil.example"])
        {
            var request = Request("a@initech.example", "viewer");
            request.Invitation.DisplayName = name;
            await Fails.With(StatusCode.InvalidArgument, "INVALID_ARGUMENT", invitations.CreateInvitationAsync(request, cancellationToken: Token));
        }

        for (var sent = 0; sent < 4; sent++)
        {
            var invited = await InviteAsync(invitations, $"u{sent}-{Guid.CreateVersion7():N}@initech.example", "viewer");
            await invitations.DeleteInvitationAsync(new DeleteInvitationRequest { Id = invited.Id, Etag = invited.Etag }, cancellationToken: Token);
        }

        await Fails.With(StatusCode.ResourceExhausted, "INVITATION_LIMIT", invitations.CreateInvitationAsync(Request("b@initech.example", "viewer"), cancellationToken: Token));
    }

    private async Task<(Company Company, InvitationsService.InvitationsServiceClient Invitations)> CompanyAsync()
    {
        var company = await tenants.CompanyAsync();
        return (company, Client(company.Tenant, company.AdministratorId));
    }

    private InvitationsService.InvitationsServiceClient Client(Guid tenant, Guid person) => new(tenants.Grpc(TestTokens.ForPerson(tenant, person)));

    private static async Task<Invitation> InviteAsync(InvitationsService.InvitationsServiceClient client, string email, params string[] roles) =>
        await client.CreateInvitationAsync(Request(email, roles), cancellationToken: Token);

    private static async Task<IReadOnlyList<Invitation>> ListAsync(InvitationsService.InvitationsServiceClient client) =>
        (await client.ListInvitationsAsync(new ListInvitationsRequest(), cancellationToken: Token)).Invitations;

    private static CreateInvitationRequest Request(string email, params string[] roles) => new() { Invitation = new Invitation { Email = email, DisplayName = "Gil Guest", Roles = { roles } } };

    private async Task<Platform.Tenants.V1.Access> AccessAsync(Company company, Guid person) =>
        await tenants.As(company.Tenant, person).GetAccessAsync(new GetAccessRequest(), cancellationToken: Token);
}
