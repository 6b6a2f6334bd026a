using Platform.Data;
using Platform.Monetary;

namespace Platform.Deals.Lines;

/// <summary>A line of a deal or a quote; lives in the document's row.</summary>
internal sealed record LineItem
{
    private const string Piece = "C62";

    public required Guid Id { get; init; }

    /// <summary>What of the catalog is sold; null where it is none of it.</summary>
    public Guid? ProductId { get; init; }

    public required string ProductCode { get; init; }

    public required string Description { get; init; }

    public required decimal Quantity { get; init; }

    public required string Unit { get; init; }

    public required decimal UnitPrice { get; init; }

    public required decimal DiscountPercent { get; init; }

    /// <summary>Instead of the percentage; null where there is none.</summary>
    public decimal? DiscountAmount { get; init; }

    public required string TaxCategory { get; init; }

    public required decimal TaxRate { get; init; }

    /// <summary>Null where it is sold once.</summary>
    public V1.Recurrence? Recurrence { get; init; }

    /// <summary>For how many months or years it is sold; null where it is sold once.</summary>
    public int? Term { get; init; }

    /// <summary>Rounded; of a recurring line, that of one month or year.</summary>
    public required decimal Net { get; init; }

    /// <summary>Makes the line of a message; it keeps its id where that is one of <paramref name="known"/>.</summary>
    public static LineItem Create(V1.LineItem message, HashSet<Guid> known)
    {
        var quantity = DecimalText.Parse(message.Quantity);
        var unitPrice = message.UnitPrice.ToDecimal();
        var percent = DecimalText.Parse(message.DiscountPercent);
        var less = message.DiscountAmount?.ToDecimal();
        var recurs = message.Recurrence is V1.Recurrence.Monthly or V1.Recurrence.Yearly;
        return new LineItem
        {
            // Taken out, so that a copied line gets an id of its own.
            Id = Guid.TryParse(message.Id, out var id) && known.Remove(id) ? id : Guid.CreateVersion7(),
            ProductId = message.ProductId.ToIdOrNull(),
            ProductCode = message.ProductCode.Trim(),
            Description = message.Description.Trim(),
            Quantity = quantity,
            Unit = message.Unit.Length == 0 ? Piece : message.Unit,
            UnitPrice = unitPrice,
            DiscountPercent = percent,
            DiscountAmount = less,
            TaxCategory = TaxCategories.OrStandard(message.TaxCategory),
            TaxRate = DecimalText.Parse(message.TaxRate),
            Recurrence = recurs ? message.Recurrence : null,
            Term = recurs ? Math.Max(message.Term, 1) : null,
            Net = less is { } taken
                ? Amounts.Round((quantity * unitPrice) - taken, message.UnitPrice.Currency)
                : Amounts.LineNet(quantity, unitPrice, percent, message.UnitPrice.Currency),
        };
    }

    /// <summary>What it brings in its whole term; exact, for the net is rounded.</summary>
    public decimal TotalOf() => Net * (Term ?? 1);

    public V1.LineItem ToMessage(string currency) => new()
    {
        Id = Id.ToString(),
        ProductId = ProductId.ToIdText(),
        ProductCode = ProductCode,
        Description = Description,
        Quantity = DecimalText.Format(Quantity),
        Unit = Unit,
        UnitPrice = UnitPrice.ToUnitPrice(currency),
        DiscountPercent = DecimalText.Format(DiscountPercent),
        DiscountAmount = DiscountAmount?.ToMoney(currency),
        TaxCategory = TaxCategory,
        TaxRate = DecimalText.Format(TaxRate),
        Recurrence = Recurrence ?? V1.Recurrence.OneOff,
        Term = Term ?? 0,
        Net = Net.ToMoney(currency),
        Total = TotalOf().ToMoney(currency),
    };
}
