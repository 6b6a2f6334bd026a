using Platform.Filtering;

namespace Platform.Inventory.Prices;

/// <summary>What price lists may be filtered and sorted by.</summary>
internal static class PriceListFields
{
    public static FilterSchema<PriceList> Schema { get; } = FilterSchema.Of<PriceList>(fields => fields
        .Id("id", list => list.Id)
        .Text("name", list => list.Name, sortable: true)
        .Boolean("is_default", list => list.IsDefault)
        .Instant("create_time", list => list.CreateTime, sortable: true)
        .Instant("update_time", list => list.UpdateTime, sortable: true)
        .Custom("custom_fields", list => list.CustomFields, "inventory.price_list")
        .Id("owner_id", list => list.OwnerId));
}
