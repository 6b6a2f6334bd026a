using FluentValidation;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Inventory.Prices;

internal static class UpdatePrice
{
    public sealed class Validator : AbstractValidator<V1.UpdatePriceRequest>
    {
        public Validator()
        {
            RuleFor(request => request.Price).NotNull().WithMessage("Send the price.");
            RuleFor(request => request.Price.Id).Id().When(request => request.Price is not null);
        }
    }

    public static async Task<Result<V1.Price>> Handle(V1.UpdatePriceRequest request, InventoryDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var loaded = await db.LoadPriceAsync(request.Price.Id, request.Price.Etag, cancellationToken);
        if (loaded.IsError)
            return loaded.Error;
        var price = loaded.Value;
        var merged = Masks.Merge(price.ToMessage(), request.Price, request.UpdateMask).Validate(new PriceValidator(), "price");
        if (merged.IsError)
            return merged.Error;
        if (merged.Value.PriceListId.ToIdOrNull() != price.PriceListId)
            return PriceErrors.ListFixed;
        if (merged.Value.ProductId.ToIdOrNull() != price.ProductId)
            return PriceErrors.ProductFixed;
        if (db.Caller.PrepareCustomFields(Price.Resource.Info, merged.Value, price.CustomFields) is { } fault)
            return fault;
        price.Update(merged.Value, time.GetUtcNow());
        db.Publish(price.Id, new V1.PriceUpdated { Price = price.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken, PriceErrors.OnSave) is { } error ? error : price.ToMessage();
    }
}
