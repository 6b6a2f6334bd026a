using System.Net;
using System.Net.Http.Json;
using Grpc.Core;
using Platform.Common.V1;
using Platform.Contacts.V1;
using Platform.Deals.V1;
using Platform.Errors;
using Platform.Testing;
using Xunit;
using Client = Platform.Contacts.V1.LeadsService.LeadsServiceClient;

namespace Contacts.Tests.Leads;

/// <summary>A lead is converted with a deal, or nothing happens.</summary>
public sealed class ConversionDealFacts(ContactsFixture contacts) : IClassFixture<ContactsFixture>
{
    private readonly string _name = $"Deal {Guid.NewGuid()}";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private Client Acme => contacts.Leads(TestTenants.Acme);

    [Fact]
    public async Task A_deal_is_begun_with_whom_the_lead_becomes()
    {
        var owner = Guid.CreateVersion7().ToString();
        var lead = await CreateAsync(owner);
        Conversion? told = null;
        DealsStandIn.Making[_name] = async request =>
        {
            // Nobody but who converts learns of it.
            await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Conversions(TestTenants.Acme, Guid.CreateVersion7()).GetConversionAsync(new GetConversionRequest { Id = request.ConversionId }, cancellationToken: Token));
            await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Conversions(TestTenants.Globex, Me).GetConversionAsync(new GetConversionRequest { Id = request.ConversionId }, cancellationToken: Token));
            told = await Conversions(TestTenants.Acme, Me).GetConversionAsync(new GetConversionRequest { Id = request.ConversionId }, cancellationToken: Token);
        };
        var asked = new ConversionDeal { Name = _name, StageId = $"{Guid.CreateVersion7()}", Amount = new Money { Currency = "EUR", Amount = "100.00" }, CloseDate = "2027-01-31" };
        var result = await As(Me).ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id, Deal = asked }, cancellationToken: Token);
        var deal = DealsStandIn.Made[result.DealId];
        Assert.Equal((result.PersonId, result.CompanyId, owner, "EUR", asked.Amount, asked.StageId, asked.CloseDate), (deal.PersonId, deal.CompanyId, deal.OwnerId, deal.Currency, deal.AmountEstimate, deal.StageId, deal.CloseDate));
        Assert.Equal((result.DealId, lead.Id, "fair", result.PersonId, result.CompanyId), (told!.Id, told.Lead.Id, told.Lead.Source, told.PersonId, told.CompanyId));
        Assert.Equal(1, await contacts.Database.QueryAsync<long>($"SELECT count(*) FROM outbox_messages WHERE aggregate_id = '{lead.Id}' AND type = 'platform.contacts.v1.LeadConverted' AND data::text LIKE '%{result.DealId}%'"));
        await Expect.FailsAsync(StatusCode.NotFound, "NOT_FOUND", Conversions(TestTenants.Acme, Me).GetConversionAsync(new GetConversionRequest { Id = result.DealId }, cancellationToken: Token));
        Assert.Equal(0, await LeftAsync(lead));
    }

    [Fact]
    public async Task The_lead_names_its_deal_to_whoever_may_see_that()
    {
        var lead = await CreateAsync();
        var result = await ConvertAsync(lead);
        using var export = contacts.RestFor(TestTenants.Acme, "contacts.export", "deals.read");
        var file = new Uri($"/api/v1/contacts/leads:export?format=ndjson&filter=id=\"{lead.Id}\"", UriKind.Relative);
        Assert.Contains(result.DealId, await export.GetStringAsync(file, Token), StringComparison.Ordinal);
        var dealsToo = new Client(contacts.GrpcFor(TestTenants.Acme, "contacts.read", "deals.read"));
        Assert.Equal(lead.Id, Assert.Single((await dealsToo.ListLeadsAsync(new ListLeadsRequest { Filter = $"converted_deal_id = \"{result.DealId}\"" }, cancellationToken: Token)).Leads).Id);
        Assert.Equal(result.DealId, (await dealsToo.GetLeadAsync(new GetLeadRequest { Id = lead.Id }, cancellationToken: Token)).ConvertedDealId);

        // Who may read no deals, and who may read some.
        var blind = As(Guid.CreateVersion7());
        Assert.Empty((await blind.GetLeadAsync(new GetLeadRequest { Id = lead.Id }, cancellationToken: Token)).ConvertedDealId);
        await Expect.FailsAsync(StatusCode.PermissionDenied, "FIELD_NOT_READABLE", blind.ListLeadsAsync(new ListLeadsRequest { Filter = "converted_deal_id:*" }, cancellationToken: Token));
        var user = Guid.CreateVersion7();
        contacts.Access.Set(TestTenants.Acme, new Platform.Tenants.V1.Access
        {
            UserId = $"{user}",
            Permissions = { "contacts.read", "contacts.export", "deals.read" },
            Policies = { new Platform.Tenants.V1.AccessPolicy { Id = "p", Name = "Own", Resource = "deals.deal", Specificity = Platform.Tenants.V1.PolicySpecificity.Role, Effect = Platform.Tenants.V1.PolicyEffect.Allow, Actions = { "read" }, Filter = "owner_id = user.id" } },
        });
        var narrow = new Client(contacts.Grpc(TestTokens.ForPerson(TestTenants.Acme, user)));
        var one = new ListLeadsRequest { Filter = $"id = \"{lead.Id}\"" };
        Assert.Empty(Assert.Single((await narrow.ListLeadsAsync(one, cancellationToken: Token)).Leads).ConvertedDealId);
        // Nor does a list of a segment, or a file, tell more.
        using var theirs = contacts.Rest(TestTokens.ForPerson(TestTenants.Acme, user));
        Assert.DoesNotContain(result.DealId, await theirs.GetStringAsync(file, Token), StringComparison.Ordinal);
        var segments = new SegmentsService.SegmentsServiceClient(contacts.GrpcFor(TestTenants.Acme, "contacts.read", "contacts.write"));
        var segment = await segments.CreateSegmentAsync(new CreateSegmentRequest { Segment = new Segment { Name = $"Became {lead.Id}", Resource = "contacts.lead", Kind = SegmentKind.Static } }, cancellationToken: Token);
        await segments.AddSegmentMembersAsync(new AddSegmentMembersRequest { SegmentId = segment.Id, RecordIds = { lead.Id } }, cancellationToken: Token);
        var members = new SegmentsService.SegmentsServiceClient(contacts.Grpc(TestTokens.ForPerson(TestTenants.Acme, user)));
        var list = new ListSegmentMembersRequest { SegmentId = segment.Id };
        Assert.Empty(Assert.Single((await members.ListSegmentMembersAsync(list, cancellationToken: Token)).Leads).ConvertedDealId);

        VisibleDealsStandIn.Visible[result.DealId] = true;
        Assert.Equal(result.DealId, Assert.Single((await members.ListSegmentMembersAsync(list, cancellationToken: Token)).Leads).ConvertedDealId);
        Assert.Equal(result.DealId, Assert.Single((await narrow.ListLeadsAsync(one, cancellationToken: Token)).Leads).ConvertedDealId);
        Assert.Equal(result.DealId, (await narrow.GetLeadAsync(new GetLeadRequest { Id = lead.Id }, cancellationToken: Token)).ConvertedDealId);
    }

    [Fact]
    public async Task What_the_deals_domain_refuses_is_told_and_the_lead_stays_as_it_is()
    {
        var lead = await CreateAsync();
        var before = await contacts.StateAsync(TestTenants.Acme);
        DealsStandIn.Making[_name] = _ => throw Error.Invalid("deal.stageId", "There is no such stage.").ToRpcException();
        using var rest = contacts.Rest(TestTenants.Acme);
        rest.DefaultRequestHeaders.Add("Idempotency-Key", $"{Guid.NewGuid()}");
        using var answer = await rest.PostAsJsonAsync($"/api/v1/contacts/leads/{lead.Id}:convert", new { deal = new { name = _name } }, Token);
        var problem = await Expect.ProblemAsync(answer, HttpStatusCode.BadRequest, "INVALID_ARGUMENT");
        Assert.Contains("deal.stageId", problem.GetRawText(), StringComparison.Ordinal);
        Assert.Equal(before, await contacts.StateAsync(TestTenants.Acme));
        Assert.Equal(0, await LeftAsync(lead));

        // The same call is made good.
        DealsStandIn.Making.Clear();
        using var again = await rest.PostAsJsonAsync($"/api/v1/contacts/leads/{lead.Id}:convert", new { deal = new { name = _name } }, Token);
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        using var replayed = await rest.PostAsJsonAsync($"/api/v1/contacts/leads/{lead.Id}:convert", new { deal = new { name = _name } }, Token);
        Assert.Equal(await again.Content.ReadAsStringAsync(Token), await replayed.Content.ReadAsStringAsync(Token));
        Assert.Single(DealsStandIn.Made.Values, deal => deal.Name == _name);
    }

    [Fact]
    public async Task While_deals_are_away_nothing_is_converted_and_what_they_made_unheard_goes()
    {
        var lead = await CreateAsync();
        DealsStandIn.Making[_name] = request =>
        {
            DealsStandIn.Made[request.ConversionId] = request.Deal;
            throw new RpcException(new Status(StatusCode.Unavailable, "gone"));
        };
        await Expect.FailsAsync(StatusCode.Unavailable, "DEALS_UNAVAILABLE", ConvertAsync(lead));
        Assert.DoesNotContain(DealsStandIn.Made.Values, deal => deal.Name == _name);
        DealsStandIn.Making.Clear();
        Assert.NotEmpty((await ConvertAsync(lead)).DealId);
        Assert.Single(DealsStandIn.Made.Values, deal => deal.Name == _name);
    }

    [Fact]
    public async Task Of_two_who_convert_at_once_one_makes_a_deal()
    {
        var lead = await CreateAsync();
        DealsStandIn.Making[_name] = _ => Expect.FailsAsync(StatusCode.Aborted, "CONVERSION_RUNNING", Acme.ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id, Deal = new ConversionDeal { Name = "Another", Currency = "EUR" } }, cancellationToken: Token));
        await ConvertAsync(lead);
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "LEAD_ALREADY_CONVERTED", ConvertAsync(lead));
        Assert.Single(DealsStandIn.Made.Values, deal => deal.Name == _name);
    }

    [Fact]
    public async Task A_deal_goes_again_when_the_lead_becomes_somebody_else_or_is_converted_meanwhile()
    {
        var lead = await CreateAsync();
        Person? same = null;
        DealsStandIn.Making[_name] = async _ =>
            same ??= await contacts.People(TestTenants.Acme).CreatePersonAsync(new CreatePersonRequest { Person = new Person { LastName = "Quicker", Email = lead.Email } }, cancellationToken: Token);
        var result = await ConvertAsync(lead);
        Assert.Equal((same!.Id, false), (result.PersonId, result.PersonCreated));
        Assert.Equal((result.DealId, same.Id), Assert.Single(DealsStandIn.Made.Where(made => made.Value.Name == _name).Select(made => (made.Key, made.Value.PersonId))));

        var other = await CreateAsync();
        DealsStandIn.Making[_name] = async _ => await Acme.ConvertLeadAsync(new ConvertLeadRequest { Id = other.Id }, cancellationToken: Token);
        await Expect.FailsAsync(StatusCode.FailedPrecondition, "LEAD_ALREADY_CONVERTED", ConvertAsync(other));
        Assert.Single(DealsStandIn.Made.Values, deal => deal.Name == _name);
    }

    [Fact]
    public async Task What_a_crash_leaves_behind_goes()
    {
        var (lead, deal) = (await CreateAsync(), Guid.CreateVersion7());
        DealsStandIn.Made[$"{deal}"] = new Deal { Name = _name };
        await contacts.Database.ExecuteAsync(
            $"""
            INSERT INTO lead_conversions (tenant_id, id, lead_id, person_id, subject, is_abandoned) VALUES ('{TestTenants.Acme}', '{deal}', '{lead.Id}', '{Guid.CreateVersion7()}', 'somebody', false);
            INSERT INTO chores (tenant_id, kind, subject_id, due_time) VALUES ('{TestTenants.Acme}', 'SettleConversion', '{deal}', now());
            """);
        // Another one wakes who does the work.
        await ConvertAsync(await CreateAsync());
        await Eventually.HoldsAsync(async () => await LeftAsync(lead) == 0);
        Assert.DoesNotContain($"{deal}", DealsStandIn.Made.Keys);
        Assert.NotEmpty((await ConvertAsync(lead)).DealId);
    }

    private static Guid Me { get; } = Guid.CreateVersion7();

    private Client As(Guid user) => new(contacts.Grpc(Access(TestTenants.Acme, user)));

    private ConversionsService.ConversionsServiceClient Conversions(Guid tenant, Guid user) => new(contacts.Grpc(Access(tenant, user)));

    private string Access(Guid tenant, Guid user)
    {
        contacts.Access.Set(tenant, new Platform.Tenants.V1.Access { UserId = $"{user}", Permissions = { "contacts.read", "contacts.write" } });
        return TestTokens.ForPerson(tenant, user);
    }

    private Task<long> LeftAsync(Lead lead) => contacts.Database.QueryAsync<long>($"SELECT count(*) FROM lead_conversions WHERE lead_id = '{lead.Id}'");

    private async Task<Lead> CreateAsync(string owner = "") => await Acme.CreateLeadAsync(
        new CreateLeadRequest { Lead = new Lead { LastName = "Hoffmann", Email = $"{Guid.NewGuid():N}@leads.example", CompanyName = $"Werk {Guid.NewGuid()}", Source = "fair", OwnerId = owner } }, cancellationToken: Token);

    private AsyncUnaryCall<ConvertLeadResponse> ConvertAsync(Lead lead) => Acme.ConvertLeadAsync(new ConvertLeadRequest { Id = lead.Id, Deal = new ConversionDeal { Name = _name, Currency = "EUR" } }, cancellationToken: Token);
}
