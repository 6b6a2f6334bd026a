using Platform.Common.V1;
using Platform.Inventory.V1;
using Xunit;
using static Inventory.Tests.InventoryFixture;

namespace Inventory.Tests;

public sealed class PriceFacts(InventoryFixture inventory)
{
    private readonly Guid _tenant = Guid.CreateVersion7();

    private PricesService.PricesServiceClient Us => inventory.PricesOf(_tenant);

    [Fact]
    public async Task A_company_has_one_default_list_from_the_first_however_many_ask_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Us.ListPriceListsAsync(new ListPriceListsRequest(), cancellationToken: Token).ResponseAsync));
        var standard = Assert.Single(answers.SelectMany(answer => answer.PriceLists).DistinctBy(list => list.Id));
        Assert.True(standard.IsDefault);
        var partners = await inventory.CreateListAsync(_tenant, "Partners");
        Assert.False(partners.IsDefault);
        await Refusal.OfAsync("PRICE_LIST_EXISTS", Us.CreatePriceListAsync(new CreatePriceListRequest { PriceList = new PriceList { Name = "PARTNERS" } }, cancellationToken: Token));
        await Refusal.OfAsync("PRICE_LIST_IS_DEFAULT", Us.DeletePriceListAsync(new DeletePriceListRequest { Id = standard.Id }, cancellationToken: Token));
        await Refusal.OfAsync("STALE_ETAG", Us.PromotePriceListAsync(new PromotePriceListRequest { Id = partners.Id, Etag = "1" }, cancellationToken: Token));
        var promoted = await Us.PromotePriceListAsync(new PromotePriceListRequest { Id = partners.Id, Etag = partners.Etag }, cancellationToken: Token);
        Assert.True(promoted.IsDefault);
        // Again, with what was known before.
        Assert.Equal(promoted, await Us.PromotePriceListAsync(new PromotePriceListRequest { Id = partners.Id, Etag = partners.Etag }, cancellationToken: Token));
        var pump = await inventory.CreateAsync(_tenant, "PUMP");
        var price = await inventory.PriceAsync(_tenant, pump, "5", list: standard.Id);
        await Refusal.OfAsync("PRICE_LIST_HAS_PRICES", Us.DeletePriceListAsync(new DeletePriceListRequest { Id = standard.Id }, cancellationToken: Token));
        await Us.DeletePriceAsync(new DeletePriceRequest { Id = price.Id, Etag = price.Etag }, cancellationToken: Token);
        await Us.DeletePriceListAsync(new DeletePriceListRequest { Id = standard.Id }, cancellationToken: Token);
        Assert.Equal([promoted], (await Us.ListPriceListsAsync(new ListPriceListsRequest(), cancellationToken: Token)).PriceLists);
    }

    [Fact]
    public async Task The_price_is_that_of_the_currency_the_largest_quantity_reached_and_the_day()
    {
        var pump = await inventory.CreateAsync(_tenant, "PUMP");
        await inventory.PriceAsync(_tenant, pump, "100");
        await inventory.PriceAsync(_tenant, pump, "90", quantity: "10");
        await inventory.PriceAsync(_tenant, pump, "80", from: "2026-03-01", to: "2026-03-31", quantity: "10");
        await inventory.PriceAsync(_tenant, pump, "70", from: "2026-03-31", to: "2026-03-31", quantity: "12.5");
        await inventory.PriceAsync(_tenant, pump, "110.123456", currency: "USD");
        var partners = await inventory.CreateListAsync(_tenant, "Partners");
        await inventory.PriceAsync(_tenant, pump, "60", quantity: "5", list: partners.Id);
        async Task<string?[]> AskAsync(string list, params (string Currency, string Quantity, string Day)[] questions) => [.. (await inventory.ProductsOf(_tenant, "inventory.read").PriceProductsAsync(new PriceProductsRequest
        {
            PriceListId = list,
            Questions = { questions.Select(question => new PriceQuestion { ProductId = pump.Id, Currency = question.Currency, Quantity = question.Quantity, PriceDate = question.Day }) },
        }, cancellationToken: Token)).Products.Select(priced => priced.Price?.UnitPrice.Amount)];

        Assert.Equal(["100.00", "100.00", "90.00", "90.00", "80.00", "80.00", "70.00", "90.00", "110.123456", null], await AskAsync("",
            ("EUR", "", ""), ("EUR", "9.9999", "2026-03-15"), ("EUR", "10", "2026-02-28"), ("EUR", "13", "2026-04-01"), ("EUR", "10", "2026-03-01"), ("EUR", "12.4999", "2026-03-31"), ("EUR", "12.5", "2026-03-31"),
            ("EUR", "12.5", "2026-04-01"), ("USD", "100", "2026-03-15"), ("GBP", "1", "2026-03-15")));
        // Where the list has nothing that applies, the default one answers.
        Assert.Equal(["100.00", "60.00", "110.123456"], await AskAsync(partners.Id, ("EUR", "4", "2026-03-15"), ("EUR", "50", "2026-03-15"), ("USD", "50", "2026-03-15")));
        await Refusal.OfAsync("priceListId", inventory.ProductsOf(_tenant).PriceProductsAsync(
            new PriceProductsRequest { PriceListId = $"{Guid.CreateVersion7()}", Questions = { new PriceQuestion { ProductId = pump.Id, Currency = "EUR" } } }, cancellationToken: Token));
        await Refusal.OfAsync("questions[0].quantity", inventory.ProductsOf(_tenant).PriceProductsAsync(
            new PriceProductsRequest { Questions = { new PriceQuestion { ProductId = pump.Id, Currency = "EUR", Quantity = "0" } } }, cancellationToken: Token));
    }

    [Fact]
    public async Task A_step_begins_once_a_day_and_keeps_its_list_and_its_product()
    {
        var (pump, hose) = (await inventory.CreateAsync(_tenant, "PUMP"), await inventory.CreateAsync(_tenant, "HOSE"));
        var always = await inventory.PriceAsync(_tenant, pump, "1");
        Assert.Equal(("0", "", ""), (always.MinQuantity, always.StartDate, always.EndDate));
        await Refusal.OfAsync("PRICE_EXISTS", Us.CreatePriceAsync(new CreatePriceRequest { Price = new Price(always) { MinQuantity = "0.0" } }, cancellationToken: Token));
        var later = await inventory.PriceAsync(_tenant, pump, "1", from: "2026-05-01", to: "2026-05-31");
        await Refusal.OfAsync("price.endDate", Us.UpdatePriceAsync(new UpdatePriceRequest { Price = new Price { Id = later.Id, EndDate = "2026-04-30" } }, cancellationToken: Token));
        await Refusal.OfAsync("price.productId", Us.UpdatePriceAsync(new UpdatePriceRequest { Price = new Price { Id = later.Id, ProductId = hose.Id } }, cancellationToken: Token));
        var open = await Us.UpdatePriceAsync(
            new UpdatePriceRequest { Price = new Price { Id = later.Id, UnitPrice = new Money { Currency = "EUR", Amount = "2.5" } }, UpdateMask = new() { Paths = { "unit_price", "end_date" } } }, cancellationToken: Token);
        Assert.Equal(("2.50", "2026-05-01", ""), (open.UnitPrice.Amount, open.StartDate, open.EndDate));
        await Refusal.OfAsync("price.productId", Us.CreatePriceAsync(new CreatePriceRequest { Price = new Price(open) { ProductId = $"{Guid.CreateVersion7()}" } }, cancellationToken: Token));
        await Refusal.OfAsync("price.priceListId", Us.CreatePriceAsync(new CreatePriceRequest { Price = new Price(open) { PriceListId = $"{Guid.CreateVersion7()}" } }, cancellationToken: Token));
        Assert.Equal([open.Id, always.Id], (await Us.ListPricesAsync(new ListPricesRequest { ProductId = pump.Id }, cancellationToken: Token)).Prices.Select(price => price.Id));
        Assert.Empty((await Us.ListPricesAsync(new ListPricesRequest { ProductId = hose.Id }, cancellationToken: Token)).Prices);
        // Another company sees none of it.
        var other = inventory.PricesOf(Guid.CreateVersion7());
        Assert.Empty((await other.ListPricesAsync(new ListPricesRequest(), cancellationToken: Token)).Prices);
        await Refusal.OfAsync("NOT_FOUND", other.DeletePriceAsync(new DeletePriceRequest { Id = open.Id }, cancellationToken: Token));
    }
}
