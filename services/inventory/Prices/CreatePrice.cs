using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;

namespace Platform.Inventory.Prices;

internal static class CreatePrice
{
    public sealed class Validator : AbstractValidator<V1.CreatePriceRequest>
    {
        public Validator() => RuleFor(request => request.Price).NotNull().WithMessage("Send the price.").SetValidator(new PriceValidator());
    }

    public static async Task<Result<V1.Price>> Handle(V1.CreatePriceRequest request, InventoryDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        // A foreign key sees every product: who may not see one sets no price for it.
        var productId = Guid.Parse(request.Price.ProductId);
        if (!await db.Products.AnyAsync(row => row.Id == productId, cancellationToken))
            return PriceErrors.NoProduct;
        if (request.Price.PriceListId.ToIdOrNull() is { } named && !await db.PriceLists.AnyAsync(row => row.Id == named, cancellationToken))
            return PriceErrors.NoList("price.priceListId");
        if (db.Caller.PrepareCustomFields(Price.Resource.Info, request.Price, stored: null) is { } fault)
            return fault;
        if ((request.Price.PriceListId.ToIdOrNull() ?? await db.EnsureDefaultAsync(time, cancellationToken)) is not { } listId)
            return PriceErrors.NoList("price.priceListId");
        var price = Price.Create(request.Price, listId, time.GetUtcNow());
        db.Prices.Add(price);
        db.Publish(price.Id, new V1.PriceCreated { Price = price.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken, PriceErrors.OnSave) is { } error ? error : price.ToMessage();
    }
}
