using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Deals;

public sealed class DealFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private Client Acme => new(deals.GrpcFor(TestTenants.Acme, All));

    private Client Globex => new(deals.GrpcFor(TestTenants.Globex, All));

    [Fact]
    public async Task A_created_deal_can_be_read_and_is_announced_once()
    {
        var created = await Acme.CreateAsync(Deal(Line("2.5", "99.90"), Line("1", "0.005")));
        Assert.Equal(created, await Acme.GetAsync(created.Id));
        Assert.Equal(("249.76", "124.88", DealStatus.Open, 50), (created.Amount.Amount, created.ExpectedRevenue.Amount, created.Status, created.Probability));
        Assert.Equal(["249.75", "0.01"], created.LineItems.Select(line => line.Net.Amount));
        Assert.Equal(("C62", "S", "0"), (created.LineItems[0].Unit, created.LineItems[0].TaxCategory, created.LineItems[0].DiscountPercent));
        Assert.Equal(1, await deals.PublishedAsync(created.Id, nameof(DealCreated)));
    }

    [Fact]
    public async Task The_owner_is_the_creator_where_not_given()
    {
        var user = Guid.CreateVersion7();
        var client = new Client(deals.Grpc(TestTokens.ForPerson(TestTenants.Acme, user, All)));
        Assert.Equal(user.ToString(), (await client.CreateAsync(Deal())).OwnerId);
        var other = Guid.CreateVersion7().ToString();
        var given = Deal();
        given.OwnerId = other;
        Assert.Equal(other, (await client.CreateAsync(given)).OwnerId);
    }

    [Fact]
    public async Task Without_line_items_the_amount_is_the_estimate()
    {
        var deal = Deal();
        (deal.AmountEstimate, deal.Probability) = (Money("1000"), 25);
        var created = await Acme.CreateAsync(deal);
        Assert.Equal(("1000.00", "250.00"), (created.Amount.Amount, created.ExpectedRevenue.Amount));
        var change = new UpdateDealRequest { Deal = new Deal { Id = created.Id, LineItems = { Line() } } };
        Assert.Equal("100.00", (await Acme.UpdateDealAsync(change, cancellationToken: Token)).Amount.Amount);
    }

    [Fact]
    public async Task An_update_changes_the_masked_fields_and_lines_keep_their_ids()
    {
        var created = await Acme.CreateAsync(Deal(Line(), Line("3")));
        var change = created.Clone();
        change.Name = "Another name that is not in the mask";
        change.LineItems.RemoveAt(0);
        change.LineItems.Add(Line("5"));
        var updated = await Acme.UpdateDealAsync(new UpdateDealRequest { Deal = change, UpdateMask = new FieldMask { Paths = { "line_items" } } }, cancellationToken: Token);
        Assert.Equal((created.Name, "400.00"), (updated.Name, updated.Amount.Amount));
        Assert.Equal(created.LineItems[1].Id, updated.LineItems[0].Id);
        Assert.Equal(3, updated.LineItems.Concat(created.LineItems).Select(line => line.Id).Distinct().Count());
        Assert.Equal(updated, await Acme.GetAsync(created.Id));
        Assert.Equal(1, await deals.PublishedAsync(created.Id, nameof(DealUpdated)));
    }

    [Fact]
    public async Task A_stale_etag_changes_nothing()
    {
        var created = await Acme.CreateAsync(Deal(Line()));
        var change = new UpdateDealRequest { Deal = new Deal { Id = created.Id, Etag = created.Etag, Name = "First" } };
        await Acme.UpdateDealAsync(change, cancellationToken: Token);
        await RefusedAsync(StatusCode.Aborted, "STALE_ETAG", () => Acme.UpdateDealAsync(change, cancellationToken: Token).ResponseAsync);
        await RefusedAsync(StatusCode.Aborted, "STALE_ETAG", () => Acme.WinDealAsync(new WinDealRequest { Id = created.Id, Etag = created.Etag }, cancellationToken: Token).ResponseAsync);
        await RefusedAsync(StatusCode.Aborted, "STALE_ETAG", () => Acme.DeleteDealAsync(new DeleteDealRequest { Id = created.Id, Etag = created.Etag }, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task A_deleted_deal_is_gone()
    {
        var created = await Acme.CreateAsync(Deal());
        await Acme.DeleteDealAsync(new DeleteDealRequest { Id = created.Id, Etag = created.Etag }, cancellationToken: Token);
        await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", () => Acme.GetAsync(created.Id));
        Assert.Equal(1, await deals.PublishedAsync(created.Id, nameof(DealDeleted)));
    }

    [Fact]
    public async Task Another_tenant_sees_nothing()
    {
        var id = (await Acme.CreateAsync(Deal(Line()))).Id;
        Func<Task>[] calls =
        [
            () => Globex.GetAsync(id),
            () => Globex.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = id, Name = "Taken over" } }, cancellationToken: Token).ResponseAsync,
            () => Globex.DeleteDealAsync(new DeleteDealRequest { Id = id }, cancellationToken: Token).ResponseAsync,
            () => Globex.WinDealAsync(new WinDealRequest { Id = id }, cancellationToken: Token).ResponseAsync,
            () => Globex.LoseDealAsync(new LoseDealRequest { Id = id }, cancellationToken: Token).ResponseAsync,
            () => Globex.FlagDealAsync(new FlagDealRequest { Id = id, Code = "SEEN" }, cancellationToken: Token).ResponseAsync,
            () => Globex.UnflagDealAsync(new UnflagDealRequest { Id = id }, cancellationToken: Token).ResponseAsync,
        ];
        foreach (var call in calls)
            await RefusedAsync(StatusCode.NotFound, "NOT_FOUND", call);
        var list = await Globex.ListDealsAsync(new ListDealsRequest { CompanyId = ContactsStandIn.Company }, cancellationToken: Token);
        Assert.DoesNotContain(list.Deals, deal => deal.Id == id);
    }

    [Fact]
    public async Task Lists_are_filtered_by_status_and_company_and_paged()
    {
        var client = new Client(deals.GrpcFor(Guid.CreateVersion7(), All));
        var open = await client.CreateAsync(Deal(Line()));
        var won = await client.CreateAsync(Deal(Line()));
        await client.WinDealAsync(new WinDealRequest { Id = won.Id }, cancellationToken: Token);
        var personal = Deal();
        (personal.CompanyId, personal.PersonId) = ("", ContactsStandIn.Person);
        var other = await client.CreateAsync(personal);

        Assert.Equal([won.Id], await ListAsync(client, new ListDealsRequest { Status = DealStatus.Won }));
        Assert.Equal([won.Id, open.Id], await ListAsync(client, new ListDealsRequest { CompanyId = ContactsStandIn.Company, PageSize = 1 }));
        Assert.Equal([other.Id, won.Id, open.Id], await ListAsync(client, new ListDealsRequest { PageSize = 2 }));
        var first = await client.ListDealsAsync(new ListDealsRequest { PageSize = 1 }, cancellationToken: Token);
        var mixed = new ListDealsRequest { Status = DealStatus.Open, PageToken = first.NextPageToken };
        await RefusedAsync(StatusCode.InvalidArgument, "pageToken", () => client.ListDealsAsync(mixed, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task Lists_speak_the_filter_language()
    {
        var user = Guid.CreateVersion7();
        var tenant = Guid.CreateVersion7();
        var client = new Client(deals.Grpc(TestTokens.ForPerson(tenant, user, All)));
        var small = await client.CreateAsync(new Deal(Deal(Line(unitPrice: "10"))) { CloseDate = "2026-03-01" });
        var large = await client.CreateAsync(new Deal(Deal(Line(unitPrice: "5000"))) { CloseDate = "2026-02-01", OwnerId = Guid.CreateVersion7().ToString() });
        var open = await client.CreateAsync(Deal());

        Assert.Equal([large.Id], await ListAsync(client, new ListDealsRequest { Filter = "amount >= \"5000 EUR\"" }));
        Assert.Equal([open.Id, small.Id], await ListAsync(client, new ListDealsRequest { Filter = "owner_id = user.id" }));
        Assert.Equal([large.Id, small.Id, open.Id], await ListAsync(client, new ListDealsRequest { OrderBy = "close_date", PageSize = 1 }));
        Assert.Equal([large.Id, small.Id, open.Id], await ListAsync(client, new ListDealsRequest { OrderBy = "amount desc", PageSize = 1 }));
        Assert.Equal([small.Id], await ListAsync(client, new ListDealsRequest { Status = DealStatus.Open, Filter = "close_date > 2026-02-01 AND status = DEAL_STATUS_OPEN" }));
        await RefusedAsync(StatusCode.InvalidArgument, "INVALID_FILTER", () => ListAsync(client, new ListDealsRequest { Filter = "status = WON" }));
        await RefusedAsync(StatusCode.InvalidArgument, "INVALID_ORDER_BY", () => ListAsync(client, new ListDealsRequest { OrderBy = "status" }));
    }

    [Fact]
    public async Task Rest_speaks_the_same_contract()
    {
        using var client = deals.RestFor(TestTenants.Acme, All);
        var body = new
        {
            name = "Over REST",
            currency = "EUR",
            companyId = ContactsStandIn.Company,
            lineItems = new[] { new { description = "Hours", quantity = "1.5", unit = "HUR", unitPrice = new { currency = "EUR", amount = "80" }, taxRate = "19" } },
        };
        using var created = await client.PostAsJsonAsync("/api/v1/deals", body, Token);
        var text = await created.Content.ReadAsStringAsync(Token);
        Assert.True(created.IsSuccessStatusCode, text);
        var deal = JsonDocument.Parse(text).RootElement;
        Assert.Equal("120.00", deal.GetProperty("amount").GetProperty("amount").GetString());

        using var won = await client.PostAsJsonAsync($"/api/v1/deals/{deal.GetProperty("id").GetString()}:win", new { }, Token);
        Assert.Equal("DEAL_STATUS_WON", JsonDocument.Parse(await won.Content.ReadAsStringAsync(Token)).RootElement.GetProperty("status").GetString());

        using var bad = await client.PostAsJsonAsync("/api/v1/deals", new { name = "", currency = "EUR" }, Token);
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (bad.StatusCode, bad.Content.Headers.ContentType?.MediaType));
    }

    [Fact]
    public async Task Every_call_needs_its_permission()
    {
        var reader = new Client(deals.GrpcFor(TestTenants.Acme, "deals.read"));
        var writer = new Client(deals.GrpcFor(TestTenants.Acme, "deals.write"));
        var id = Guid.CreateVersion7().ToString();
        Func<Task>[] calls =
        [
            () => writer.GetAsync(id),
            () => writer.ListDealsAsync(new ListDealsRequest(), cancellationToken: Token).ResponseAsync,
            () => reader.CreateAsync(Deal()),
            () => reader.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = id } }, cancellationToken: Token).ResponseAsync,
            () => reader.DeleteDealAsync(new DeleteDealRequest { Id = id }, cancellationToken: Token).ResponseAsync,
            () => reader.WinDealAsync(new WinDealRequest { Id = id }, cancellationToken: Token).ResponseAsync,
            () => reader.LoseDealAsync(new LoseDealRequest { Id = id }, cancellationToken: Token).ResponseAsync,
            () => reader.FlagDealAsync(new FlagDealRequest { Id = id, Code = "X" }, cancellationToken: Token).ResponseAsync,
            () => reader.UnflagDealAsync(new UnflagDealRequest { Id = id }, cancellationToken: Token).ResponseAsync,
        ];
        foreach (var call in calls)
            await RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", call);
    }

    private static async Task<List<string>> ListAsync(Client client, ListDealsRequest request)
    {
        var seen = new List<string>();
        do
        {
            var page = await client.ListDealsAsync(request, cancellationToken: Token);
            seen.AddRange(page.Deals.Select(deal => deal.Id));
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return seen;
    }
}
