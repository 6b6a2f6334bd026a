using FluentValidation;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;

namespace Platform.Inventory.Products;

internal static class CreateProduct
{
    public sealed class Validator : AbstractValidator<V1.CreateProductRequest>
    {
        public Validator() => RuleFor(request => request.Product).NotNull().WithMessage("Send the product.").SetValidator(new ProductValidator());
    }

    public static async Task<Result<V1.Product>> Handle(V1.CreateProductRequest request, InventoryDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (db.Caller.PrepareCustomFields(Product.Resource.Info, request.Product, stored: null) is { } fault)
            return fault;
        var product = Product.Create(request.Product, time.GetUtcNow());
        db.Products.Add(product);
        db.Publish(product.Id, new V1.ProductCreated { Product = product.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken, ProductErrors.CodeTaken(product.Code)) is { } error ? error : product.ToMessage();
    }
}
