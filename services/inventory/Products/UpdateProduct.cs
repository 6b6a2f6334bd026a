using FluentValidation;
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
        var merged = Masks.Merge(product.ToMessage(), request.Product, request.UpdateMask).Validate(new ProductValidator(), "product");
        if (merged.IsError)
            return merged.Error;
        if (db.Caller.PrepareCustomFields(Product.Resource.Info, merged.Value, product.CustomFields) is { } fault)
            return fault;
        product.Update(merged.Value, time.GetUtcNow());
        db.Publish(product.Id, new V1.ProductUpdated { Product = product.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken, ProductErrors.CodeTaken(product.Code)) is { } error ? error : product.ToMessage();
    }
}
