using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Data;
using Platform.Monetary;

namespace Platform.Inventory.Prices;

/// <summary>What one unit of a product costs by a list, from a quantity on and for some days.</summary>
internal sealed class Price : ProtectedEntity, IProtected<Price>
{
    public static ProtectedResource<Price> Resource { get; } = new("inventory.price", PriceFields.Schema) { Sight = (rows, db) => rows.VisibleTo((InventoryDbContext)db) };

    public Guid PriceListId { get; private init; }

    public Guid ProductId { get; private init; }

    public string Currency { get; private set; } = "";

    public decimal UnitPrice { get; private set; }

    public decimal MinQuantity { get; private set; }

    /// <summary>The least day where it has applied since ever: PostgreSQL holds two nulls for different.</summary>
    public DateOnly StartDate { get; private set; } = DateOnly.MinValue;

    /// <summary>The last day of all where it applies for ever.</summary>
    public DateOnly EndDate { get; private set; } = DateOnly.MaxValue;

    public Struct CustomFields { get; private set; } = new();

    public static Price Create(V1.Price message, Guid listId, DateTimeOffset now)
    {
        var price = new Price { CreateTime = now, PriceListId = listId, ProductId = Guid.Parse(message.ProductId) };
        price.Update(message, now);
        return price;
    }

    public override ProtectedResource AccessResource() => Resource;

    public void Update(V1.Price message, DateTimeOffset now)
    {
        (Currency, UnitPrice) = (message.UnitPrice.Currency, message.UnitPrice.ToDecimal());
        MinQuantity = DecimalText.Parse(message.MinQuantity);
        StartDate = message.StartDate.ToDateOrNull() ?? DateOnly.MinValue;
        EndDate = message.EndDate.ToDateOrNull() ?? DateOnly.MaxValue;
        CustomFields = message.CustomFields ?? new Struct();
        UpdateTime = now;
    }

    public V1.Price ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        PriceListId = PriceListId.ToString(),
        ProductId = ProductId.ToString(),
        UnitPrice = UnitPrice.ToUnitPrice(Currency),
        MinQuantity = DecimalText.Format(MinQuantity),
        StartDate = StartDate == DateOnly.MinValue ? "" : StartDate.ToDateText(),
        EndDate = EndDate == DateOnly.MaxValue ? "" : EndDate.ToDateText(),
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
        CustomFields = CustomFields,
        OwnerId = OwnerId.ToIdText(),
    };
}
