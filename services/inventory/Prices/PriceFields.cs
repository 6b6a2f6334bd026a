using Platform.Filtering;

namespace Platform.Inventory.Prices;

/// <summary>What prices may be filtered and sorted by.</summary>
internal static class PriceFields
{
    public static FilterSchema<Price> Schema { get; } = FilterSchema.Of<Price>(fields => fields
        .Id("id", price => price.Id)
        .Id("price_list_id", price => price.PriceListId)
        .Id("product_id", price => price.ProductId)
        .Money("unit_price", price => price.UnitPrice, price => price.Currency, sortable: true)
        .Date("start_date", price => price.StartDate == DateOnly.MinValue ? null : price.StartDate, sortable: true)
        .Date("end_date", price => price.EndDate == DateOnly.MaxValue ? null : price.EndDate, sortable: true)
        .Instant("create_time", price => price.CreateTime, sortable: true)
        .Instant("update_time", price => price.UpdateTime, sortable: true)
        .Custom("custom_fields", price => price.CustomFields, "inventory.price")
        .Id("owner_id", price => price.OwnerId));
}
