using FluentValidation;
using Platform.Errors;
using Platform.Inventory.Prices;
using Platform.Validation;

namespace Platform.Inventory.Products;

internal static class PriceProducts
{
    public sealed class Validator : AbstractValidator<V1.PriceProductsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.PriceListId).OptionalId();
            RuleFor(request => request.Questions).Questions();
            RuleForEach(request => request.Questions).SetValidator(new PriceQuestionValidator());
        }
    }

    public static async Task<Result<V1.PriceProductsResponse>> Handle(V1.PriceProductsRequest request, InventoryDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        var priced = await db.PriceAsync(request.PriceListId, request.Questions, time, cancellationToken);
        return priced.IsError ? priced.Error : new V1.PriceProductsResponse { Products = { priced.Value } };
    }
}
