using FluentValidation;
using Microsoft.EntityFrameworkCore;
using Platform.Access.Fields;
using Platform.Data;
using Platform.Errors;
using Platform.Inventory.Prices;
using Platform.Validation;

namespace Platform.Inventory.Products;

internal static class TakeProducts
{
    public sealed class Validator : AbstractValidator<V1.TakeProductsRequest>
    {
        public Validator()
        {
            RuleFor(request => request.PriceListId).OptionalId();
            RuleFor(request => request.Questions).Questions();
            RuleForEach(request => request.Questions).SetValidator(new PriceQuestionValidator());
        }
    }

    public static async Task<Result<V1.TakeProductsResponse>> Handle(V1.TakeProductsRequest request, InventoryDbContext db, TimeProvider time, CancellationToken cancellationToken)
    {
        // What a line takes over is all told by it, and half of it would be another product.
        if (db.Caller.CheckArrangement(Product.Resource.Info, "code", "name", "unit", "tax_category", "tax_rate", "recurrence", "default_term", "active") is { } hidden)
            return hidden;
        var priced = await db.PriceAsync(request.PriceListId, request.Questions, time, cancellationToken);
        if (priced.IsError)
            return priced.Error;
        Guid[] taken = [.. priced.Value.Where(one => one.Product is { Active: true }).Select(one => Guid.Parse(one.Product.Id)).Distinct()];
        // Mostly they have been in use for long.
        var known = await db.ProductUses.AsNoTracking().Where(use => taken.Contains(use.ProductId)).Select(use => use.ProductId).ToListAsync(cancellationToken);
        var fresh = taken.Except(known).ToArray();
        var response = new V1.TakeProductsResponse { Products = { priced.Value } };
        return fresh.Length == 0 ? response : await UseAsync(fresh, response, db, cancellationToken);
    }

    // A product that is deleted meanwhile is waited for, and left out: the line has what it took over. In a fixed order, so that two who take the same wait for each other.
    private static Task<V1.TakeProductsResponse> UseAsync(Guid[] products, V1.TakeProductsResponse response, InventoryDbContext db, CancellationToken cancellationToken) =>
        db.InTransactionAsync(async () =>
        {
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO product_uses (tenant_id, product_id)
                SELECT tenant_id, id FROM products WHERE tenant_id = {db.Caller.RequiredTenantId} AND id = ANY({products}) ORDER BY id FOR KEY SHARE
                ON CONFLICT DO NOTHING
                """, cancellationToken);
            return response;
        }, cancellationToken);
}
