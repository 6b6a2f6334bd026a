using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.CustomFields.V1;
using Platform.Inventory.V1;
using Platform.Testing;
using Xunit;
using static Inventory.Tests.InventoryFixture;

namespace Inventory.Tests;

public sealed class ProductFieldFacts(InventoryFixture inventory)
{
    [Fact]
    public async Task Custom_fields_of_products_hold_at_the_door_and_what_is_wrong_is_said_in_Russian()
    {
        var tenant = Guid.CreateVersion7();
        using var rest = inventory.RestFor(tenant, All);
        await HoldAsync(tenant, new FieldDoor(rest, "inventory.product", "product", "/api/v1/inventory/products", number => new JsonObject { ["code"] = $"P-{number}", ["name"] = "Pump", ["taxRate"] = "20" }));
    }

    [Fact]
    public async Task Custom_fields_of_price_lists_and_prices_hold_at_the_door_too()
    {
        var tenant = Guid.CreateVersion7();
        using var rest = inventory.RestFor(tenant, All);
        await HoldAsync(tenant, new FieldDoor(rest, "inventory.price_list", "priceList", "/api/v1/inventory/priceLists", number => new JsonObject { ["name"] = $"List {number}" }));

        var other = Guid.CreateVersion7();
        using var theirs = inventory.RestFor(other, All);
        using var made = await theirs.PostAsJsonAsync("/api/v1/inventory/products", new { code = "P-1", name = "Pump", taxRate = "20" }, Token);
        var product = $"{JsonNode.Parse(await made.Content.ReadAsStringAsync(Token))!["id"]}";
        await HoldAsync(other, new FieldDoor(theirs, "inventory.price", "price", "/api/v1/inventory/prices", number => new JsonObject
        {
            ["productId"] = product,
            ["unitPrice"] = new JsonObject { ["currency"] = "EUR", ["amount"] = "9.90" },
            ["minQuantity"] = $"{number}",
        }));
        // What the list that every company has from the first lacks, nobody was asked for.
        Assert.Single((await inventory.PricesOf(other).ListPriceListsAsync(new ListPriceListsRequest { Filter = "is_default = true AND NOT owner_id:*" }, cancellationToken: Token)).PriceLists);
        var dated = new ListPricesRequest { Filter = $"product_id = \"{product}\" AND unit_price < 10 AND NOT start_date:* AND NOT end_date:*", OrderBy = "start_date desc, unit_price", PageSize = 2 };
        var page = await inventory.PricesOf(other).ListPricesAsync(dated, cancellationToken: Token);
        dated.PageToken = page.NextPageToken;
        Assert.Equal((2, 1), (page.Prices.Count, (await inventory.PricesOf(other).ListPricesAsync(dated, cancellationToken: Token)).Prices.Count));
    }

    private async Task HoldAsync(Guid tenant, FieldDoor door)
    {
        await inventory.DeliverAsync(tenant, new FieldsChanged { Version = inventory.Fields.Set(tenant, [.. door.Fields]), Field = door.Fields.Single(field => field.Unique) });
        var faults = await door.FaultsAsync(Token);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
