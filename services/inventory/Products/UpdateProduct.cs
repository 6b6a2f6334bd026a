using FluentValidation;
using Google.Protobuf.WellKnownTypes;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Inventory.Products;

internal static class UpdateProduct
{
    public sealed class Validator : AbstractValidator<V1.UpdateProductRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Product).NotNull().WithMessage("Send the product.");
            RuleFor(request => request.Product.Id).Id().When(request => request.Product is not null);
        }
    }

    public static async Task<Result<V1.Product>> Handle(V1.UpdateProductRequest request, InventoryDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var loaded = await db.LoadProductAsync(request.Product.Id, request.Product.Etag, cancellationToken);
        if (loaded.IsError)
            return loaded.Error;
        var product = loaded.Value;
        var merged = Merge(db, product, request.Product, request.UpdateMask);
        if (merged.IsError)
            return merged.Error;
        Write(db, product, merged.Value, time.GetUtcNow());
        return await db.TrySaveChangesAsync(cancellationToken, ProductErrors.CodeTaken(product.Code)) is { } error ? error : product.ToMessage();
    }

    /// <summary>What the product would be, or why it cannot be that.</summary>
    public static Result<V1.Product> Merge(InventoryDbContext db, Product product, V1.Product change, FieldMask? mask)
    {
        var merged = Masks.Merge(product.ToMessage(), change, mask).Validate(new ProductValidator(), "product");
        if (merged.IsError)
            return merged;
        return db.Caller.PrepareCustomFields(Product.Resource.Info, merged.Value, product.CustomFields) is { } fault ? fault : merged;
    }

    /// <summary>Makes it that, and tells of it.</summary>
    public static void Write(InventoryDbContext db, Product product, V1.Product message, DateTimeOffset now)
    {
        product.Update(message, now);
        db.Publish(product.Id, new V1.ProductUpdated { Product = product.ToMessage() });
    }
}
