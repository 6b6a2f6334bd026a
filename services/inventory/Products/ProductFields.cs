using Microsoft.EntityFrameworkCore;
using Platform.Filtering;

namespace Platform.Inventory.Products;

/// <summary>What products may be filtered and sorted by.</summary>
internal static class ProductFields
{
    public static FilterSchema<Product> Schema { get; } = FilterSchema.Of<Product>(fields => fields
        .Id("id", product => product.Id)
        .Text("code", product => product.Code, sortable: true, lower: product => EF.Property<string?>(product, "LowerCode"))
        .Text("name", product => product.Name, sortable: true)
        .Text("description", product => product.Description)
        .Text("unit", product => product.Unit)
        .Text("tax_category", product => product.TaxCategory)
        .Choice("recurrence", product => product.Recurrence)
        .Number("default_term", product => (int?)product.DefaultTerm)
        .Boolean("active", product => product.Active)
        .Custom("custom_fields", product => product.CustomFields, "inventory.product")
        .Id("owner_id", product => product.OwnerId)
        .Instant("create_time", product => product.CreateTime, sortable: true)
        .Instant("update_time", product => product.UpdateTime, sortable: true));
}
