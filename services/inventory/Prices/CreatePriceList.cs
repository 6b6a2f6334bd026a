using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.CustomFields;
using Platform.Data;
using Platform.Errors;

namespace Platform.Inventory.Prices;

internal static class CreatePriceList
{
    public sealed class Validator : AbstractValidator<V1.CreatePriceListRequest>
    {
        public Validator() => RuleFor(request => request.PriceList).NotNull().WithMessage("Send the price list.").SetValidator(new PriceListValidator());
    }

    public static async Task<Result<V1.PriceList>> Handle(V1.CreatePriceListRequest request, InventoryDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        if (db.Caller.PrepareCustomFields(PriceList.Resource.Info, request.PriceList, stored: null) is { } fault)
            return fault;
        await db.EnsureDefaultAsync(time, cancellationToken);
        if (await db.AllPriceLists().CountAsync(cancellationToken) >= PriceErrors.MaxPriceLists)
            return PriceErrors.TooManyLists;
        var list = PriceList.Create(request.PriceList, time.GetUtcNow());
        db.PriceLists.Add(list);
        db.Publish(list.Id, new V1.PriceListCreated { PriceList = list.ToMessage() });
        return await db.TrySaveChangesAsync(cancellationToken, PriceErrors.OnSaveList) is { } error ? error : list.ToMessage();
    }
}
