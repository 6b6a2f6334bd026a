using FluentValidation;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;
using Platform.Validation;

namespace Platform.Inventory.Prices;

internal static class UpdatePriceList
{
    public sealed class Validator : AbstractValidator<V1.UpdatePriceListRequest>
    {
        public Validator()
        {
            RuleFor(request => request.PriceList).NotNull().WithMessage("Send the price list.");
            RuleFor(request => request.PriceList.Id).Id().When(request => request.PriceList is not null);
        }
    }

    public static async Task<Result<V1.PriceList>> Handle(V1.UpdatePriceListRequest request, InventoryDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var loaded = await db.LoadPriceListAsync(request.PriceList.Id, request.PriceList.Etag, cancellationToken);
        if (loaded.IsError)
            return loaded.Error;
        var merged = Masks.Merge(loaded.Value.ToMessage(), request.PriceList, request.UpdateMask).Validate(new PriceListValidator(), "priceList");
        if (merged.IsError)
            return merged.Error;
        if (db.Caller.PrepareCustomFields(PriceList.Resource.Info, merged.Value, loaded.Value.CustomFields) is { } fault)
            return fault;
        loaded.Value.Update(merged.Value, time.GetUtcNow());
        db.Publish(loaded.Value.Id, new V1.PriceListUpdated { PriceList = loaded.Value.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken, PriceErrors.OnSaveList) is { } error ? error : loaded.Value.ToMessage();
    }
}
