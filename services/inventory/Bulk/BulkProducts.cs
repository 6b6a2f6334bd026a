using Platform.Bulk;
using Platform.Inventory.Products;

namespace Platform.Inventory.Bulk;

/// <summary>Work on many products: of the parts of their single writes. One whose prices would go with it is deleted alone.</summary>
internal static class BulkProducts
{
    public static BulkKind<InventoryDbContext, Product, V1.Product> Kind { get; } = new(Product.Resource, V1.Product.Parser)
    {
        Noun = "product",
        Held = (db, ids) => db.LockAll(ids),
        ToMessage = row => row.ToMessage(),
        CustomFields = row => row.CustomFields,
        Alone = new HashSet<string>(["code"], StringComparer.Ordinal),
        Merge = (_, db, row, change, mask, _) => Task.FromResult(UpdateProduct.Merge(db, row, change, mask)),
        Write = (_, db, row, message, now, _) =>
        {
            UpdateProduct.Write(db, row, message, now);
            return Task.CompletedTask;
        },
        PutBack = (_, db, row, message, now, _) =>
        {
            row.PutBack(message, now);
            db.Publish(row.Id, new V1.ProductUpdated { Product = row.ToMessage() });
            return Task.CompletedTask;
        },
        OnSave = row => [ProductErrors.CodeTaken(row.Code)],
    };

    public static BulkOrder OrderOf(V1.BulkProductsRequest request) => new(request.Filter, request.Ids, request.All, request.TimeZone)
    {
        IsUpdate = request.Update is not null,
        Change = request.Update?.Product,
        Mask = request.Update?.UpdateMask,
        Assign = request.Assign,
        AddTags = request.AddTags,
        RemoveTags = request.RemoveTags,
        Export = request.Export,
    };
}
