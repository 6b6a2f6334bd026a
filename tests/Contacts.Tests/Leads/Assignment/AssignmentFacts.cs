using System.Text;
using Contacts.Tests.Imports;
using Grpc.Core;
using Platform.Common.V1;
using Platform.Contacts.V1;
using Platform.Tenants.V1;
using Xunit;

namespace Contacts.Tests.Leads.Assignment;

/// <summary>Leads that name no owner go to whom the company's rules name, by whatever way they come.</summary>
public sealed class AssignmentFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();
    private readonly string[] _users = [.. Enumerable.Range(0, 3).Select(_ => $"{Guid.CreateVersion7()}")];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private LeadsService.LeadsServiceClient Leads => contacts.Leads(_tenant);

    [Fact]
    public async Task The_first_rule_that_the_lead_passes_decides_and_the_timeline_tells_it()
    {
        await SetAsync(
            new LeadAssignmentRule { Name = "Trade fairs", Filter = "source = \"fair\"", OwnerId = _users[0] },
            new LeadAssignmentRule { Name = "Places", Territories = new Territories { Territories_ = { new Territory { Countries = { "DE" }, PostalCodePrefixes = { "8", "9 0" }, OwnerId = _users[1] }, new Territory { Regions = { "Tirol" }, OwnerId = _users[2] } } } });
        var fair = await CreateAsync(new Lead { LastName = "Fair", Source = "fair", Address = new Address { Country = "DE", PostalCode = "80331" } });
        Assert.Equal(_users[0], fair.OwnerId);
        Assert.Equal(_users[1], (await CreateAsync(new Lead { LastName = "Nuremberg", Address = new Address { Country = "DE", PostalCode = "90 402" } })).OwnerId);
        Assert.Equal(_users[2], (await CreateAsync(new Lead { LastName = "Innsbruck", Address = new Address { Country = "AT", Region = "tirol" } })).OwnerId);
        Assert.DoesNotContain((await CreateAsync(new Lead { LastName = "Elsewhere" })).OwnerId, _users);
        Assert.Equal(_users[2], (await CreateAsync(new Lead { LastName = "Named", Source = "fair", OwnerId = _users[2] })).OwnerId);
        var entry = Assert.Single((await contacts.Activities(_tenant).ListActivitiesAsync(new ListActivitiesRequest { LeadId = fair.Id }, cancellationToken: Token)).Activities);
        Assert.Equal((ActivityKind.System, "Assigned by the rule 'Trade fairs'"), (entry.Kind, entry.Subject));
    }

    [Fact]
    public async Task Turns_are_fair_however_many_come_at_once_and_who_is_away_gets_none()
    {
        var away = $"{Guid.CreateVersion7()}";
        var gone = $"{Guid.CreateVersion7()}";
        await SetAsync(new LeadAssignmentRule { Name = "Round", RoundRobin = new RoundRobin { UserIds = { _users[0], away, _users[1], gone, _users[2] }, PausedUserIds = { away } } });
        Assert.Equal("SUCCESS", await contacts.DeliverAsync(_tenant, new MemberChanged { UserId = gone, Removed = true }));
        var leads = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => CreateAsync(new Lead { LastName = $"Lead {i}" })));
        Assert.All(_users, user => Assert.Equal(4, leads.Count(lead => lead.OwnerId == user)));
    }

    [Fact]
    public async Task Whoever_is_in_a_team_or_in_one_below_it_takes_turns_as_long_as_they_are()
    {
        var (sales, north, other) = ($"{Guid.CreateVersion7()}", $"{Guid.CreateVersion7()}", $"{Guid.CreateVersion7()}");
        await SetAsync(new LeadAssignmentRule { Name = "Team", RoundRobin = new RoundRobin { TeamIds = { sales }, UserIds = { _users[0] }, PausedUserIds = { other } } });
        // While nobody can tell who is in it, nothing is given away.
        await Expect.FailsAsync(StatusCode.Unavailable, "TEAMS_UNAVAILABLE", Leads.CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "Early" } }, cancellationToken: Token));
        contacts.Teams.Set(_tenant, new Team { Id = north, ParentId = sales, MemberIds = { _users[1], other } }, new Team { Id = sales, MemberIds = { _users[0] } }, new Team { Id = $"{Guid.CreateVersion7()}", MemberIds = { _users[2] } });
        Assert.Equal((int[])[2, 2, 0], await GivenAsync(4));
        contacts.Teams.Set(_tenant, new Team { Id = sales, MemberIds = { _users[2] } });
        Assert.Equal("SUCCESS", await contacts.DeliverAsync(_tenant, new AccessChanged { Version = 2 }));
        Assert.Equal((int[])[2, 0, 2], await GivenAsync(4));
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Leads.UpdateLeadAssignmentAsync(new UpdateLeadAssignmentRequest { Assignment = new LeadAssignment { Rules = { new LeadAssignmentRule { Name = "None", RoundRobin = new RoundRobin() } } } }, cancellationToken: Token));

        async Task<int[]> GivenAsync(int count)
        {
            var leads = new List<Lead>();
            for (var i = 0; i < count; i++)
                leads.Add(await CreateAsync(new Lead { LastName = $"Lead {i}" }));
            return [.. _users.Select(user => leads.Count(lead => lead.OwnerId == user))];
        }
    }

    [Fact]
    public async Task Imported_leads_and_those_that_are_there_are_given_away_too()
    {
        var there = await CreateAsync(new Lead { LastName = "There", Source = "web" });
        await SetAsync(new LeadAssignmentRule { Name = "Web", Filter = "source = \"web\"", RoundRobin = new RoundRobin { UserIds = { _users } } });
        using var rest = contacts.Rest(_tenant);
        await Upload.RestAsync(rest, Encoding.UTF8.GetBytes("Last name,Source,Country,City\nOne,web,DE,Berlin\nTwo,web,DE,Berlin\nThree,web,DE,Berlin\nOther,fair,DE,Berlin\n"), "?target=leads");
        var all = (await Leads.ListLeadsAsync(new ListLeadsRequest(), cancellationToken: Token)).Leads;
        Assert.All(_users, user => Assert.Single(all, lead => lead.OwnerId == user));
        Assert.Equal("Berlin", Assert.Single(all, lead => lead.LastName == "One").Address.City);
        var answer = await Leads.AssignLeadsAsync(new AssignLeadsRequest { LeadIds = { there.Id, Assert.Single(all, lead => lead.LastName == "Other").Id } }, cancellationToken: Token);
        Assert.Equal(("Web", ""), (answer.Leads[0].Rule, answer.Leads[1].Rule));
        Assert.Equal(answer.Leads[0].OwnerId, (await Leads.GetLeadAsync(new GetLeadRequest { Id = there.Id }, cancellationToken: Token)).OwnerId);
        Assert.Contains(answer.Leads[0].OwnerId, _users);
    }

    [Fact]
    public async Task Rules_that_cannot_be_followed_are_refused()
    {
        var client = Leads;
        await RefusedAsync("INVALID_FILTER", new LeadAssignmentRule { Name = "Bad", Filter = "sorce = 1", OwnerId = _users[0] });
        await RefusedAsync("INVALID_ARGUMENT", new LeadAssignmentRule { Name = "Further", Filter = "converted_company.name:*", OwnerId = _users[0] });
        await RefusedAsync("INVALID_ARGUMENT", new LeadAssignmentRule { Name = "Nobody" });
        var set = await SetAsync(new LeadAssignmentRule { Name = "All", OwnerId = _users[0] });
        await Expect.FailsAsync(StatusCode.Aborted, "STALE_ETAG", client.UpdateLeadAssignmentAsync(new UpdateLeadAssignmentRequest { Assignment = new LeadAssignment { Etag = $"{set.Etag}1" } }, cancellationToken: Token));
        Assert.Empty((await contacts.Leads(Guid.CreateVersion7()).GetLeadAssignmentAsync(new GetLeadAssignmentRequest(), cancellationToken: Token)).Rules);

        Task RefusedAsync(string code, LeadAssignmentRule rule) => Expect.FailsAsync(
            StatusCode.InvalidArgument, code, client.UpdateLeadAssignmentAsync(new UpdateLeadAssignmentRequest { Assignment = new LeadAssignment { Rules = { rule } } }, cancellationToken: Token));
    }

    private async Task<LeadAssignment> SetAsync(params LeadAssignmentRule[] rules) =>
        await Leads.UpdateLeadAssignmentAsync(new UpdateLeadAssignmentRequest { Assignment = new LeadAssignment { Rules = { rules } } }, cancellationToken: Token);

    private async Task<Lead> CreateAsync(Lead lead) => await Leads.CreateLeadAsync(new CreateLeadRequest { Lead = lead }, cancellationToken: Token);
}
