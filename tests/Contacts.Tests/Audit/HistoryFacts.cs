using Grpc.Core;
using Platform.Audit.V1;
using Platform.Contacts.V1;
using Platform.Testing;
using Xunit;
using static Contacts.Tests.Imports.Upload;

namespace Contacts.Tests.Audit;

public sealed class HistoryFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private CallInvoker Administrator => contacts.GrpcFor(TestTenants.Acme, AuditHistory.Permission);

    [Fact]
    public async Task A_conversion_is_told_by_every_record_that_it_touches()
    {
        var leads = contacts.Leads(TestTenants.Acme);
        var lead = await leads.CreateLeadAsync(new CreateLeadRequest { Lead = new Lead { LastName = "Hoffmann", Email = $"{Guid.NewGuid():N}@example.com", CompanyName = $"Company {Guid.NewGuid()}" } }, cancellationToken: Token);
        var activity = await contacts.Activities(TestTenants.Acme).CreateActivityAsync(
            new CreateActivityRequest { Activity = new Activity { LeadId = lead.Id, Kind = ActivityKind.Note, Subject = "Met at the fair" } }, cancellationToken: Token);
        var converted = await leads.ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id }, cancellationToken: Token);
        Assert.Equal(["create", "convert"], Actions(await Administrator.HistoryAsync("contacts.lead", lead.Id, atLeast: 2)));
        Assert.Equal(["create"], Actions(await Administrator.HistoryAsync("contacts.person", converted.PersonId)));
        Assert.Equal(["create"], Actions(await Administrator.HistoryAsync("contacts.company", converted.CompanyId)));
        var moved = await Administrator.HistoryAsync("contacts.activity", activity.Id, atLeast: 2);
        Assert.Equal(["create", "update"], Actions(moved));
        Assert.Equal((lead.Id, converted.PersonId), (moved[1].Before.Fields["leadId"].StringValue, moved[1].After.Fields["personId"].StringValue));
        await contacts.People(TestTenants.Acme).DeletePersonAsync(new DeletePersonRequest { Id = converted.PersonId }, cancellationToken: Token);
        await contacts.Companies(TestTenants.Acme).DeleteCompanyAsync(new DeleteCompanyRequest { Id = converted.CompanyId }, cancellationToken: Token);
        var gone = await Administrator.HistoryAsync("contacts.activity", activity.Id, atLeast: 4);
        Assert.Equal(["create", "update", "update", "delete"], Actions(gone));
        Assert.Equal(converted.CompanyId, gone[3].Before.Fields["companyId"].StringValue);
        Assert.Null(AuditHistory.Replay(gone));
    }

    [Fact]
    public async Task An_import_is_told_row_by_row()
    {
        using var rest = contacts.Rest(TestTenants.Acme);
        var (name, email) = ($"Company {Guid.NewGuid()}", $"{Guid.NewGuid():N}@example.com");
        await RestAsync(rest, Utf8("company,last name,email", $"{name},Weber,{email}"));
        await RestAsync(rest, Utf8("company,last name,email,phone", $"{name},Weber,{email},+49 30 1"));
        var people = contacts.People(TestTenants.Acme);
        var person = (await people.ListPeopleAsync(new ListPeopleRequest { Query = email }, cancellationToken: Token)).People.Single();
        var history = await Administrator.HistoryAsync("contacts.person", person.Id, atLeast: 2);
        Assert.Equal(["create", "update"], Actions(history));
        Assert.Equal((email, "Weber"), (history[0].After.Fields["email"].StringValue, history[0].After.Fields["lastName"].StringValue));
        Assert.Equal(("", "+49 30 1"), (history[1].Before.Fields["phone"].StringValue, history[1].After.Fields["phone"].StringValue));
        Assert.Equal(["create"], Actions(await Administrator.HistoryAsync("contacts.company", person.CompanyId)));
        Assert.Contains("imports", history[0].Operation, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_a_statement_wrote_is_sealed_like_everything_else()
    {
        var tenant = Guid.CreateVersion7();
        using var rest = contacts.Rest(tenant);
        await RestAsync(rest, Utf8(["last name", .. Enumerable.Range(0, 700).Select(row => $"Weber {row}")]));
        var log = new AuditLogService.AuditLogServiceClient(contacts.GrpcFor(tenant, AuditHistory.Permission));
        ChainReport report = new();
        await Eventually.HoldsAsync(async () => (report = await log.VerifyLogAsync(new VerifyLogRequest())).Sequence == 700);
        Assert.Null(report.Finding);
    }

    private static IEnumerable<string> Actions(IEnumerable<Entry> entries) => entries.Select(entry => entry.Action);
}
