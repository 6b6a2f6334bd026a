using Microsoft.EntityFrameworkCore;
using Platform.Data;
using Platform.Errors;
using Platform.Monetary;

namespace Platform.Inventory.Prices;

/// <summary>Which price applies.</summary>
internal static class PriceFinder
{
    /// <summary>Answers in the order of the questions. Fails where there is no such list.</summary>
    public static async Task<Result<IReadOnlyList<V1.PricedProduct>>> PriceAsync(
        this InventoryDbContext db, string priceListId, IReadOnlyCollection<V1.PriceQuestion> questions, TimeProvider time, CancellationToken cancellationToken)
    {
        var first = priceListId.ToIdOrNull();
        if (first is { } named && !await db.PriceLists.AnyAsync(row => row.Id == named, cancellationToken))
            return PriceErrors.NoList("priceListId");
        var lists = new[] { first, await db.FindDefaultAsync(cancellationToken) }.OfType<Guid>().Distinct().ToArray();
        Guid[] ids = [.. questions.Select(question => Guid.Parse(question.ProductId)).Distinct()];
        string[] currencies = [.. questions.Select(question => question.Currency).Distinct()];
        var products = await db.Products.AsNoTracking().Where(row => ids.Contains(row.Id)).ToDictionaryAsync(row => row.Id, cancellationToken);
        var prices = (await db.Prices.AsNoTracking()
            .Where(row => ids.Contains(row.ProductId) && lists.Contains(row.PriceListId) && currencies.Contains(row.Currency)).ToListAsync(cancellationToken)).ToLookup(row => row.ProductId);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        return questions.Select(question => Answer(question)).ToList();

        V1.PricedProduct Answer(V1.PriceQuestion question)
        {
            if (products.GetValueOrDefault(Guid.Parse(question.ProductId)) is not { } product)
                return new V1.PricedProduct();
            var price = Choose(
                [.. prices[product.Id]], lists, question.Currency, DecimalText.Parse(question.Quantity, otherwise: 1), question.PriceDate.ToDateOrNull() ?? today);
            return new V1.PricedProduct { Product = product.ToMessage(), Price = price?.ToMessage() };
        }
    }

    /// <summary>Of the first list that has one that applies: that of the largest quantity reached, and of several of that, the one that began last.</summary>
    internal static Price? Choose(IReadOnlyCollection<Price> prices, IReadOnlyList<Guid> lists, string currency, decimal quantity, DateOnly day) => lists
        .Select(list => prices
            .Where(price => price.PriceListId == list && price.Currency == currency && price.MinQuantity <= quantity && price.StartDate <= day && price.EndDate >= day)
            .OrderByDescending(price => price.MinQuantity).ThenByDescending(price => price.StartDate).FirstOrDefault())
        .FirstOrDefault(price => price is not null);
}
