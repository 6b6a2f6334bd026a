using Grpc.Core;
using Platform.Common.V1;
using Platform.Communications.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Finance.V1;
using Platform.Search.V1;
using Platform.Tenants.V1;
using Platform.Testing;
using Xunit;
using Stopwatch = System.Diagnostics.Stopwatch;

namespace Search.Tests;

public sealed class CustomerFacts(SearchFixture search) : IClassFixture<SearchFixture>
{
    private static readonly string[] Sections = ["people", "deals", "quotes", "invoices", "messages", "tasks"];

    private readonly Guid _tenant = Guid.CreateVersion7();
    private readonly string _id = $"{Guid.CreateVersion7()}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private KnownCustomer Known => search.CustomerOf(_tenant);

    private CustomersService.CustomersServiceClient Customers => new(search.GrpcFor(_tenant, SearchFixture.Readers));

    [Fact]
    public async Task A_company_is_told_of_with_what_all_domains_know()
    {
        Fill();
        var overview = await OverviewAsync();
        Assert.Equal(("contacts.company", _id, "North Ltd", SectionState.Ready), (overview.Type, overview.Id, overview.Title, overview.State));
        Assert.Equal(Sections, overview.Sections.Select(section => section.Name));
        Assert.All(overview.Sections, section => Assert.Equal((SectionState.Ready, false), (section.State, section.TotalPartial)));
        Assert.Equal([7, 3, 1, 3, 1, 1], overview.Sections.Select(section => section.Total));
        Assert.Equal(5, overview.Sections[0].Items.Count);
        var deal = overview.Sections[1].Items[0];
        Assert.Equal(("deals.deal", "Pumps", "DEAL_STATUS_OPEN", Euro("10.00")), (deal.Type, deal.Title, deal.Status, deal.Amount));
        Assert.Equal("Q-1 Pumps", Assert.Single(overview.Sections[2].Items).Title);
        Assert.Equal("ACTIVITY_STATUS_OPEN", Assert.Single(overview.Sections[5].Items).Status);
    }

    [Fact]
    public async Task Sums_are_in_the_company_s_currency_and_say_what_they_lack()
    {
        Fill();
        var overview = await OverviewAsync();
        Assert.Equal([new OverviewSum { Name = "open", Amount = Euro("10.00"), Count = 1 }, new OverviewSum { Name = "won", Amount = Euro("7.50"), Count = 1 }], overview.Sections[1].Sums);
        Assert.Equal(1, overview.Sections[1].UnconvertedCount);
        // 100 NOK at 0.0875 of which 40 are still to be paid, and 20 EUR that are paid; what is a draft is not counted.
        Assert.Equal([new OverviewSum { Name = "invoiced", Amount = Euro("28.75"), Count = 2 }, new OverviewSum { Name = "due", Amount = Euro("3.50"), Count = 2 }], overview.Sections[3].Sums);
    }

    [Fact]
    public async Task The_domains_are_asked_for_this_customer_only()
    {
        Fill();
        await OverviewAsync();
        Assert.Equal($"company_id = \"{_id}\"", ((ListPeopleRequest)Known.Asked["people"]).Filter);
        Assert.Equal($"company_id = \"{_id}\"", ((ListDealsRequest)Known.Asked["deals"]).Filter);
        Assert.Equal($"company_id = \"{_id}\"", ((ListQuotesRequest)Known.Asked["quotes"]).Filter);
        Assert.Equal($"buyer_company_id = \"{_id}\"", ((ListInvoicesRequest)Known.Asked["finance"]).Filter);
        Assert.Equal(["north@north.example", "person1@north.example"], ((ListEmailsRequest)Known.Asked["communications"]).To);
        Assert.Equal(_id, ((ListActivitiesRequest)Known.Asked["activities"]).CompanyId);
    }

    [Fact]
    public async Task A_person_is_told_of_in_the_same_way()
    {
        Fill();
        var person = Known.People[1].Id;
        var overview = await Customers.GetPersonOverviewAsync(new GetPersonOverviewRequest { PersonId = person, ItemCount = 1 }, cancellationToken: Token);
        Assert.Equal(("contacts.person", person, "Anna 1"), (overview.Type, overview.Id, overview.Title));
        Assert.Equal(Sections.Skip(1), overview.Sections.Select(section => section.Name));
        Assert.Equal((3, 1), (overview.Sections[0].Total, overview.Sections[0].Items.Count));
        Assert.Equal($"person_id = \"{person}\"", ((ListDealsRequest)Known.Asked["deals"]).Filter);
        Assert.Equal($"buyer_person_id = \"{person}\"", ((ListInvoicesRequest)Known.Asked["finance"]).Filter);
        Assert.Equal(["person1@north.example"], ((ListEmailsRequest)Known.Asked["communications"]).To);
        Assert.Equal(person, ((ListActivitiesRequest)Known.Asked["activities"]).PersonId);
    }

    [Theory]
    [InlineData("deals", "deals", StatusCode.PermissionDenied, SectionState.NotReadable)]
    [InlineData("deals", "deals", StatusCode.Unavailable, SectionState.Unavailable)]
    [InlineData("finance", "invoices", StatusCode.Internal, SectionState.Unavailable)]
    [InlineData("quotes", "quotes", StatusCode.DeadlineExceeded, SectionState.Unavailable)]
    [InlineData("activities", "tasks", StatusCode.Unavailable, SectionState.Unavailable)]
    public async Task A_domain_that_refuses_or_is_away_leaves_its_own_section_out(string list, string name, StatusCode status, SectionState state)
    {
        Fill();
        Known.Failing[list] = status;
        var overview = await OverviewAsync();
        Assert.Equal(new OverviewSection { Name = name, State = state }, overview.Sections.Single(section => section.Name == name));
        Assert.All(overview.Sections.Where(section => section.Name != name), section => Assert.Equal(SectionState.Ready, section.State));
    }

    [Fact]
    public async Task Domains_that_are_late_are_not_waited_for_and_all_are_asked_at_once()
    {
        Fill();
        foreach (var list in new[] { "deals", "quotes", "finance", "communications" })
            Known.Late[list] = true;
        var started = Stopwatch.GetTimestamp();
        var overview = await OverviewAsync();
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6));
        Assert.Equal(["deals", "quotes", "invoices", "messages"], overview.Sections.Where(section => section.State == SectionState.Unavailable).Select(section => section.Name));
    }

    [Fact]
    public async Task While_contacts_is_away_the_others_tell_what_they_know()
    {
        Fill();
        foreach (var list in new[] { "contacts", "people", "activities" })
            Known.Failing[list] = StatusCode.Unavailable;
        var overview = await OverviewAsync();
        Assert.Equal((SectionState.Unavailable, _id, ""), (overview.State, overview.Id, overview.Title));
        Assert.Equal(["people", "tasks"], overview.Sections.Where(section => section.State == SectionState.Unavailable).Select(section => section.Name));
        Assert.Equal((0, true), overview.Sections.Where(section => section.Name == "messages").Select(section => (section.Total, section.TotalPartial)).Single());
    }

    [Fact]
    public async Task Whose_address_could_not_be_read_is_not_said_to_have_no_messages()
    {
        Fill();
        Known.Failing["contacts"] = StatusCode.Unavailable;
        var company = (await OverviewAsync()).Sections.Single(section => section.Name == "messages");
        Assert.Equal((SectionState.Ready, true), (company.State, company.TotalPartial));
        Assert.Equal(["person1@north.example"], ((ListEmailsRequest)Known.Asked["communications"]).To);
        var person = await Customers.GetPersonOverviewAsync(new GetPersonOverviewRequest { PersonId = Known.People[1].Id }, cancellationToken: Token);
        Assert.Equal(new OverviewSection { Name = "messages", State = SectionState.Unavailable }, person.Sections.Single(section => section.Name == "messages"));
    }

    [Fact]
    public async Task What_is_no_customer_of_the_caller_s_is_not_told_of()
    {
        await Refusal.OfAsync("NOT_FOUND", Customers.GetCompanyOverviewAsync(new GetCompanyOverviewRequest { CompanyId = _id }, cancellationToken: Token));
        Fill();
        Known.Failing["contacts"] = StatusCode.PermissionDenied;
        await Refusal.OfAsync("PERMISSION_DENIED", Customers.GetCompanyOverviewAsync(new GetCompanyOverviewRequest { CompanyId = _id }, cancellationToken: Token));
        await Refusal.OfAsync("INVALID_ARGUMENT", Customers.GetCompanyOverviewAsync(new GetCompanyOverviewRequest { CompanyId = "x" }, cancellationToken: Token));
        await Refusal.OfAsync("INVALID_ARGUMENT", Customers.GetCompanyOverviewAsync(new GetCompanyOverviewRequest { CompanyId = _id, ItemCount = 21 }, cancellationToken: Token));
        var nobody = new CustomersService.CustomersServiceClient(search.Grpc(TestTokens.ForPerson(_tenant, Guid.CreateVersion7())));
        await Refusal.OfAsync("PERMISSION_DENIED", nobody.GetCompanyOverviewAsync(new GetCompanyOverviewRequest { CompanyId = _id }, cancellationToken: Token));
    }

    [Fact]
    public async Task Who_may_not_read_addresses_is_not_told_what_was_sent_to_them()
    {
        Fill();
        var user = Guid.CreateVersion7();
        search.Access.Set(_tenant, new Access
        {
            UserId = $"{user}",
            Permissions = { SearchFixture.Readers },
            Policies = { new AccessPolicy { Id = $"{Guid.CreateVersion7()}", Name = "No addresses", Resource = "contacts.company", FieldRules = { new FieldRule { Path = "email", Access = FieldAccess.Masked } } } },
        });
        var client = new CustomersService.CustomersServiceClient(search.Grpc(TestTokens.ForPerson(_tenant, user, SearchFixture.Readers)));
        var overview = await client.GetCompanyOverviewAsync(new GetCompanyOverviewRequest { CompanyId = _id }, cancellationToken: Token);
        Assert.Equal(SectionState.NotReadable, overview.Sections.Single(section => section.Name == "messages").State);
        Assert.False(Known.Asked.ContainsKey("communications"));
    }

    [Fact]
    public async Task Rest_takes_the_same()
    {
        Fill();
        using var client = search.RestFor(_tenant, SearchFixture.Readers);
        var answer = await client.GetStringAsync(new Uri($"/api/v1/contacts/companies/{_id}:overview?item_count=2", UriKind.Relative), Token);
        Assert.Contains("North Ltd", answer, StringComparison.Ordinal);
        Assert.Contains("SECTION_STATE_READY", answer, StringComparison.Ordinal);
    }

    private async Task<CustomerOverview> OverviewAsync() => await Customers.GetCompanyOverviewAsync(new GetCompanyOverviewRequest { CompanyId = _id }, cancellationToken: Token);

    private void Fill()
    {
        Known.Company = new Company { Id = _id, Name = "North Ltd", Email = "north@north.example" };
        Known.People.AddRange(Enumerable.Range(0, 7).Select(at => new Person { Id = NewId(), FirstName = "Anna", LastName = $"{at}", Email = at == 1 ? "person1@north.example" : "", CompanyId = _id }));
        Known.Deals.Add(new Deal { Id = NewId(), Name = "Pumps", Status = DealStatus.Open, Amount = Euro("10.00"), ReportingAmount = Euro("10.00") });
        Known.Deals.Add(new Deal { Id = NewId(), Name = "Valves", Status = DealStatus.Won, Amount = Crowns("85.71"), ReportingAmount = Euro("7.50") });
        Known.Deals.Add(new Deal { Id = NewId(), Name = "No rate", Status = DealStatus.Won, Amount = Crowns("1.00") });
        Known.Quotes.Add(new Quote { Id = NewId(), Number = "Q-1", Name = "Pumps", Status = QuoteStatus.Sent, Total = Euro("12.00") });
        Known.Invoices.Add(new Invoice { Id = NewId(), Number = "INV-1", Status = InvoiceStatus.Issued, Total = Crowns("100.00"), AmountDue = Crowns("40.00"), ReportingTotal = Euro("8.75"), ReportingRate = "0.0875" });
        Known.Invoices.Add(new Invoice { Id = NewId(), Number = "INV-2", Status = InvoiceStatus.Issued, Total = Euro("20.00"), AmountDue = Euro("0.00"), ReportingTotal = Euro("20.00"), ReportingRate = "1" });
        Known.Invoices.Add(new Invoice { Id = NewId(), Status = InvoiceStatus.Draft, Total = Euro("5.00"), AmountDue = Euro("5.00"), ReportingTotal = Euro("5.00"), ReportingRate = "1" });
        Known.Emails.Add(new Email { Id = NewId(), Subject = "Your invoice", Status = EmailStatus.Sent });
        Known.Activities.Add(new Activity { Id = NewId(), Subject = "Call back", Kind = ActivityKind.Task, Status = ActivityStatus.Open });
    }

    private static Money Euro(string amount) => new() { Currency = "EUR", Amount = amount };

    private static Money Crowns(string amount) => new() { Currency = "NOK", Amount = amount };

    private static string NewId() => $"{Guid.CreateVersion7()}";
}
