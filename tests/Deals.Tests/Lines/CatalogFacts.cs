using Grpc.Core;
using Platform.Deals.V1;
using Platform.Testing;
using Xunit;
using static Deals.Tests.Samples;
using Client = Platform.Deals.V1.DealsService.DealsServiceClient;

namespace Deals.Tests.Lines;

public sealed class CatalogFacts(DealsFixture deals) : IClassFixture<DealsFixture>
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private Client Us => new(deals.GrpcFor(_tenant, All));

    private QuotesService.QuotesServiceClient Quotes => new(deals.GrpcFor(_tenant, All));

    [Fact]
    public async Task What_a_line_leaves_empty_comes_from_the_catalog_and_stands_from_then_on()
    {
        var support = deals.Products.Add("SUP", "12.345", product => (product.Recurrence, product.DefaultTerm) = (Recurrence.Monthly, 24));
        var deal = await Us.CreateAsync(Deal(new LineItem { ProductId = support.Id, Quantity = "3" }));
        var line = Assert.Single(deal.LineItems);
        Assert.Equal((support.Id, "SUP", "All of SUP", "HUR", "12.345", "S", "7"), (line.ProductId, line.ProductCode, line.Description, line.Unit, line.UnitPrice.Amount, line.TaxCategory, line.TaxRate));
        Assert.Equal((Recurrence.Monthly, 24, "37.04", "888.96"), (line.Recurrence, line.Term, line.Net.Amount, deal.Amount.Amount));
        var asked = Assert.Single(Assert.Single(deals.Products.Asked, request => request.Questions[0].ProductId == support.Id).Questions);
        Assert.Equal(("EUR", "3"), (asked.Currency, asked.Quantity));

        // The catalog changes, and even sells it no more: the deal, its quote and what else is written of them do not.
        deals.Products.All[support.Id].Price.UnitPrice = Money("99");
        deals.Products.All[support.Id].Product.Active = false;
        var quote = await Quotes.CreateQuoteAsync(new CreateQuoteRequest { Quote = new Quote { DealId = deal.Id, Buyer = new QuoteParty { Name = "Known" } } }, cancellationToken: Token);
        Assert.Equal((support.Id, "12.345"), (quote.LineItems[0].ProductId, quote.LineItems[0].UnitPrice.Amount));
        var unnamed = new LineItem(line) { Id = "" };
        var kept = await Us.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, LineItems = { unnamed, Line() } } }, cancellationToken: Token);
        Assert.Equal("12.345", kept.LineItems[0].UnitPrice.Amount);
        Assert.Single(deals.Products.Asked, request => request.Questions.Any(question => question.ProductId == support.Id));
        // Whoever wants today's price leaves it out.
        unnamed.UnitPrice = null;
        var anew = await Us.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, LineItems = { unnamed } } }, cancellationToken: Token);
        Assert.Equal("99.00", Assert.Single(anew.LineItems).UnitPrice.Amount);
    }

    [Fact]
    public async Task A_line_overrides_whatever_it_says_itself()
    {
        var product = deals.Products.Add("OWN", null, product => (product.Recurrence, product.DefaultTerm) = (Recurrence.Yearly, 3));
        var said = new LineItem
        {
            ProductId = product.Id,
            ProductCode = "MINE",
            Description = "Made to measure",
            Quantity = "1",
            Unit = "KGM",
            UnitPrice = Money("5"),
            TaxCategory = "Z",
            TaxRate = "0",
            Recurrence = Recurrence.OneOff,
        };
        var line = Assert.Single((await Us.CreateAsync(Deal(said))).LineItems);
        Assert.Equal(new LineItem(said) { Id = line.Id, DiscountPercent = "0", UnitPrice = Money("5.00"), Net = Money("5.00"), Total = Money("5.00") }, line);
        said.Recurrence = Recurrence.Yearly;
        Assert.Equal(3, (await Us.CreateAsync(Deal(said))).LineItems[0].Term);
    }

    [Fact]
    public async Task Products_that_cannot_be_sold_are_refused_by_the_line_that_names_them()
    {
        var (free, gone) = (deals.Products.Add("FREE", null), deals.Products.Add("GONE", "1", product => product.Active = false));
        LineItem Of(string id) => new() { ProductId = id, Quantity = "1" };
        var refused = await Assert.ThrowsAsync<RpcException>(() => Us.CreateAsync(Deal(Line(), Of(free.Id), Of(gone.Id), Of($"{Guid.CreateVersion7()}"))));
        Assert.Equal(["deal.lineItems[1].unitPrice", "deal.lineItems[2].productId", "deal.lineItems[3].productId"],
            refused.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>().FieldViolations.Select(violation => violation.Field));
        await RefusedAsync(StatusCode.InvalidArgument, "deal.lineItems[0].productId", () => Us.CreateAsync(Deal(Of("none"))));
        var deal = await Us.CreateAsync(Deal(Line()));
        await RefusedAsync(StatusCode.InvalidArgument, "quote.lineItems[0].productId",
            () => Quotes.CreateQuoteAsync(new CreateQuoteRequest { Quote = new Quote { DealId = deal.Id, Buyer = new QuoteParty { Name = "Known" }, LineItems = { Of(gone.Id) } } }, cancellationToken: Token).ResponseAsync);
    }

    [Fact]
    public async Task Without_the_catalog_nothing_is_written_of_a_product_and_everything_else_is()
    {
        var product = deals.Products.Add("AWAY", "10");
        var deal = await Us.CreateAsync(Deal(new LineItem { ProductId = product.Id, Quantity = "1" }));
        deals.Products.Down = StatusCode.Unavailable;
        try
        {
            await RefusedAsync(StatusCode.Unavailable, "CATALOG_UNAVAILABLE", () => Us.CreateAsync(Deal(new LineItem { ProductId = product.Id, Quantity = "1" })));
            var gap = new UpdateDealRequest { Deal = new Deal { Id = deal.Id, Name = "Half", LineItems = { new LineItem { ProductId = product.Id, Quantity = "2" } } } };
            await RefusedAsync(StatusCode.Unavailable, "CATALOG_UNAVAILABLE", () => Us.UpdateDealAsync(gap, cancellationToken: Token).ResponseAsync);
            Assert.Equal(deal, await Us.GetAsync(deal.Id));
            Assert.Single((await Us.ListDealsAsync(new ListDealsRequest(), cancellationToken: Token)).Deals);
            var more = await Us.UpdateDealAsync(new UpdateDealRequest { Deal = new Deal { Id = deal.Id, LineItems = { deal.LineItems[0], Line() } } }, cancellationToken: Token);
            Assert.Equal(2, more.LineItems.Count);
            deals.Products.Down = StatusCode.PermissionDenied;
            await RefusedAsync(StatusCode.PermissionDenied, "PERMISSION_DENIED", () => Us.UpdateDealAsync(gap, cancellationToken: Token).ResponseAsync);
        }
        finally
        {
            deals.Products.Down = null;
        }
    }
}
