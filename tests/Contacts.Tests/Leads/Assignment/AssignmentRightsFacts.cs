using Grpc.Core;
using Platform.Contacts.V1;
using Platform.CustomFields.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Field = Platform.CustomFields.V1.Field;

namespace Contacts.Tests.Leads.Assignment;

/// <summary>Rules give away what their caller might give away himself, and ask for what is known of a lead.</summary>
public sealed class AssignmentRightsFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static readonly string[] All = ["contacts.read", "contacts.write", "contacts.import"];

    private readonly Guid _tenant = Guid.CreateVersion7();
    private readonly string _user = $"{Guid.CreateVersion7()}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(FieldAccess.ReadOnly)]
    [InlineData(FieldAccess.Hidden)]
    public async Task Who_may_not_write_or_see_the_owner_gives_no_lead_away(FieldAccess access)
    {
        var lead = await LeadAsync("Lead");
        var user = Guid.CreateVersion7();
        contacts.Access.Set(_tenant, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { All },
            Policies = { new AccessPolicy { Id = "p", Name = "Owners", Resource = "contacts.lead", Specificity = PolicySpecificity.Role, FieldRules = { new FieldRule { Path = "owner_id", Access = access } } } },
        });
        var narrow = new LeadsService.LeadsServiceClient(contacts.Grpc(TestTokens.ForPerson(_tenant, user)));
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_WRITABLE", narrow.AssignLeadsAsync(new AssignLeadsRequest { LeadIds = { lead.Id } }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_condition_asks_neither_for_the_caller_nor_for_what_is_computed()
    {
        contacts.Fields.Set(
            _tenant,
            new Field { Resource = "contacts.lead", Key = "size", Label = "Size", Type = FieldType.Number },
            new Field { Resource = "contacts.lead", Key = "twice", Label = "Twice", Type = FieldType.Formula, Formula = "custom_fields.size * 2", ResultType = FieldType.Decimal },
            new Field { Resource = "contacts.lead", Key = "number", Label = "Number", Type = FieldType.AutoNumber });
        await RefusedAsync("INVALID_FILTER", "owner_id = user.id");
        await RefusedAsync("INVALID_FILTER", "user.teams:\"01990000-0000-7000-8000-000000000000\"");
        await RefusedAsync("INVALID_ARGUMENT", "custom_fields.twice > 3");
        await RefusedAsync("INVALID_ARGUMENT", "custom_fields.number:*");
        await SetAsync("custom_fields.size > 3");

        Task RefusedAsync(string code, string filter) => Expect.FailsAsync(StatusCode.InvalidArgument, code, contacts.Leads(_tenant).UpdateLeadAssignmentAsync(
            new UpdateLeadAssignmentRequest { Assignment = new LeadAssignment { Rules = { new LeadAssignmentRule { Name = "Rule", Filter = filter, OwnerId = _user } } } }, cancellationToken: Token));
    }

    /// <summary>Imports hold the rules, and then write leads.</summary>
    [Fact]
    public async Task Who_gives_leads_away_holds_the_rules_before_the_leads()
    {
        var lead = await LeadAsync("Lead");
        await SetAsync("");
        await using var importing = await OpenTransaction.BeginAsync(contacts.Database, $"SELECT FROM lead_assignments WHERE tenant_id = '{_tenant}' FOR NO KEY UPDATE");
        var assigning = contacts.Leads(_tenant).AssignLeadsAsync(new AssignLeadsRequest { LeadIds = { lead.Id } }, cancellationToken: Token);
        await Eventually.HoldsAsync(async () => await contacts.Database.QueryAsync<long>(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%lead_assignments%'") == 1);
        await importing.ExecuteAsync("SET LOCAL lock_timeout = '5s'");
        await importing.ExecuteAsync($"UPDATE leads SET phone = '1' WHERE id = '{lead.Id}'");
        await importing.CommitAsync();
        Assert.Equal(_user, (await assigning).Leads[0].OwnerId);
    }

    [Fact]
    public async Task Nothing_is_given_away_while_it_cannot_be_asked_what_fields_a_company_has()
    {
        var lead = await LeadAsync("Lead");
        await SetAsync("custom_fields.size > 3");
        contacts.Fields.Down = true;
        try
        {
            await contacts.RestartAsync();
            await Expect.FailsAsync(StatusCode.Unavailable, "METADATA_UNAVAILABLE", contacts.Leads(_tenant).AssignLeadsAsync(new AssignLeadsRequest { LeadIds = { lead.Id } }, cancellationToken: Token));
        }
        finally
        {
            contacts.Fields.Down = false;
        }
    }

    private async Task<Lead> LeadAsync(string name) => await contacts.Leads(_tenant).CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = name } }, cancellationToken: Token);

    private async Task SetAsync(string filter) => await contacts.Leads(_tenant).UpdateLeadAssignmentAsync(
        new UpdateLeadAssignmentRequest { Assignment = new LeadAssignment { Rules = { new LeadAssignmentRule { Name = "Round", Filter = filter, RoundRobin = new RoundRobin { UserIds = { _user } } } } } }, cancellationToken: Token);
}
