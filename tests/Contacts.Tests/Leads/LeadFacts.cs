using System.Net;
using System.Net.Http.Json;
using Grpc.Core;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;
using Client = Platform.Contacts.V1.LeadsService.LeadsServiceClient;

namespace Contacts.Tests.Leads;

public sealed class LeadFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Client Acme => contacts.Leads(TestTenants.Acme);

    private Client Globex => contacts.Leads(TestTenants.Globex);

    [Fact]
    public async Task A_created_lead_is_new_can_be_read_and_is_announced_once()
    {
        var created = await CreateAsync();
        Assert.Equal(LeadStatus.New, created.Status);
        Assert.Equal(created, await Acme.GetLeadAsync(new GetLeadRequest { Id = created.Id }, cancellationToken: Token));
        Assert.Equal(created, Assert.Single((await Acme.ListLeadsAsync(new ListLeadsRequest { Query = created.Email }, cancellationToken: Token)).Leads));
        Assert.Equal(1, await contacts.EventsAsync("LeadCreated", created.Id));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        var created = await CreateAsync();
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Globex.GetLeadAsync(new GetLeadRequest { Id = created.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Globex.UpdateLeadAsync(new UpdateLeadRequest { Lead = new Lead { Id = created.Id, LastName = "Taken over" } }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Globex.ConvertLeadAsync(new ConvertLeadRequest { Id = created.Id }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Globex.DeleteLeadAsync(new DeleteLeadRequest { Id = created.Id }, cancellationToken: Token));
        Assert.Empty((await Globex.ListLeadsAsync(new ListLeadsRequest { Query = created.Email }, cancellationToken: Token)).Leads);
    }

    [Fact]
    public async Task The_status_moves_freely_but_never_to_converted_by_hand()
    {
        var lead = await CreateAsync();
        var working = await Acme.UpdateLeadAsync(new UpdateLeadRequest { Lead = new Lead { Id = lead.Id, Etag = lead.Etag, Status = LeadStatus.Working } }, cancellationToken: Token);
        Assert.Equal(LeadStatus.Working, working.Status);
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Acme.UpdateLeadAsync(new UpdateLeadRequest { Lead = new Lead { Id = lead.Id, Status = LeadStatus.Converted } }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Acme.CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "A", Status = LeadStatus.Converted } }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.InvalidArgument, "INVALID_ARGUMENT", Acme.CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "A", Status = (LeadStatus)77 } }, cancellationToken: Token));
        await Expect.FailsAsync(StatusCode.Aborted, "STALE_ETAG", Acme.UpdateLeadAsync(new UpdateLeadRequest { Lead = new Lead { Id = lead.Id, Etag = lead.Etag, Phone = "1" } }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_deleted_lead_takes_its_timeline_along()
    {
        var lead = await CreateAsync();
        var note = new Activity { LeadId = lead.Id, Kind = ActivityKind.Note, Subject = "Called" };
        await contacts.Activities(TestTenants.Acme).CreateActivityAsync(new CreateActivityRequest { Activity = note }, cancellationToken: Token);
        await Acme.DeleteLeadAsync(new DeleteLeadRequest { Id = lead.Id }, cancellationToken: Token);
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Acme.GetLeadAsync(new GetLeadRequest { Id = lead.Id }, cancellationToken: Token));
        Assert.Equal(1, await contacts.EventsAsync("LeadDeleted", lead.Id));
    }

    [Fact]
    public async Task Without_the_permission_nothing_is_done()
    {
        using var reader = contacts.RestFor(TestTenants.Acme, "contacts.read");
        await Expect.ProblemAsync(await reader.PostAsJsonAsync("/api/v1/contacts/leads", new { lastName = "A" }, Token), HttpStatusCode.Forbidden, "PERMISSION_DENIED");
        await Expect.ProblemAsync(await reader.PostAsJsonAsync($"/api/v1/contacts/leads/{Guid.NewGuid()}:convert", new { }, Token), HttpStatusCode.Forbidden, "PERMISSION_DENIED");
    }

    private async Task<Lead> CreateAsync() => await Acme.CreateLeadAsync(
        new CreateLeadRequest { Lead = new Lead { FirstName = "Lena", LastName = "Hoffmann", Email = $"{Guid.NewGuid():N}@leads.example", Source = "web" } }, cancellationToken: Token);
}
