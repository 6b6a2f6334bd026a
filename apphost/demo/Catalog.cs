using Platform.Common.V1;
using Platform.Deals.V1;
using Platform.Inventory.V1;

namespace Platform.Demo;

/// <summary>What Acme sells, and for how much.</summary>
internal sealed class Catalog(Api api)
{
    private static readonly (string Code, string Name, string Unit, Recurrence Recurrence, int Term, (string Price, string From)[] Prices)[] Products =
    [
        ("TRK-100", "Vehicle tracker", "C62", Recurrence.OneOff, 0, [("149.00", "0"), ("129.00", "50")]),
        ("SCN-20", "Warehouse scanner", "C62", Recurrence.OneOff, 0, [("389.00", "0"), ("349.00", "10")]),
        ("INST-H", "Installation", "HUR", Recurrence.OneOff, 0, [("95.00", "0")]),
        ("FLEET-M", "Fleet portal, per vehicle", "C62", Recurrence.Monthly, 12, [("9.90", "0"), ("7.90", "100")]),
        ("SUP-GOLD", "Support, gold", "C62", Recurrence.Yearly, 1, [("1200.00", "0")]),
        ("TRAIN-1", "Training day", "DAY", Recurrence.OneOff, 0, [("980.00", "0")]),
    ];

    /// <summary>Once: where something is sold, it stays at that.</summary>
    public async Task<string> FillAsync()
    {
        var known = await api.GetAsync<ListProductsResponse>("/api/v1/inventory/products?pageSize=200");
        if (known.Products.Count > 0)
            return $"{known.Products.Count} products are there";
        foreach (var sold in Products)
        {
            var product = await api.PostAsync<Product>("/api/v1/inventory/products",
                new Product { Code = sold.Code, Name = sold.Name, Unit = sold.Unit, TaxRate = "19", Recurrence = sold.Recurrence, DefaultTerm = sold.Term });
            foreach (var (price, from) in sold.Prices)
                await api.PostAsync<Price>("/api/v1/inventory/prices", new Price { ProductId = product.Id, MinQuantity = from, UnitPrice = new Money { Currency = "EUR", Amount = price } });
        }

        return $"{Products.Length} products, {Products.Sum(sold => sold.Prices.Length)} prices";
    }
}
