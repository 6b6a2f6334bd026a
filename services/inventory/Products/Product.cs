using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Data;
using Platform.Deals.V1;
using Platform.Monetary;

namespace Platform.Inventory.Products;

/// <summary>What a company sells.</summary>
internal sealed class Product : ProtectedEntity, IProtected<Product>
{
    private const string Piece = "C62";

    public static ProtectedResource<Product> Resource { get; } = new("inventory.product", ProductFields.Schema);

    public string Code { get; private set; } = "";

    public string Name { get; private set; } = "";

    public string Description { get; private set; } = "";

    public string Unit { get; private set; } = Piece;

    public string TaxCategory { get; private set; } = TaxCategories.OrStandard("");

    public decimal TaxRate { get; private set; }

    public Recurrence Recurrence { get; private set; } = Recurrence.OneOff;

    /// <summary>In months or years; 0 where it is sold once.</summary>
    public int DefaultTerm { get; private set; }

    public bool Active { get; private set; } = true;

    public Struct CustomFields { get; private set; } = new();

    public static Product Create(V1.Product message, DateTimeOffset now)
    {
        var product = new Product { CreateTime = now };
        product.Update(message, now);
        return product;
    }

    public override ProtectedResource AccessResource() => Resource;

    public void Update(V1.Product message, DateTimeOffset now)
    {
        Code = message.Code.Trim();
        Name = message.Name.Trim();
        Description = message.Description.Trim();
        Unit = message.Unit.Length == 0 ? Piece : message.Unit;
        TaxCategory = TaxCategories.OrStandard(message.TaxCategory);
        TaxRate = message.TaxRate.Length == 0 ? 0 : DecimalText.Parse(message.TaxRate);
        Recurrence = ProductValidator.Recurs(message) ? message.Recurrence : Recurrence.OneOff;
        DefaultTerm = ProductValidator.Recurs(message) ? Math.Max(message.DefaultTerm, 1) : 0;
        Active = !message.HasActive || message.Active;
        CustomFields = message.CustomFields ?? new Struct();
        OwnerId = message.OwnerId.ToIdOrNull() ?? OwnerId;
        UpdateTime = now;
    }

    /// <summary>What it was before, an absent owner too.</summary>
    public void PutBack(V1.Product message, DateTimeOffset now)
    {
        Update(message, now);
        OwnerId = message.OwnerId.ToIdOrNull();
    }

    public V1.Product ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        Code = Code,
        Name = Name,
        Description = Description,
        Unit = Unit,
        TaxCategory = TaxCategory,
        TaxRate = DecimalText.Format(TaxRate),
        Recurrence = Recurrence,
        DefaultTerm = DefaultTerm,
        Active = Active,
        CustomFields = CustomFields,
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
        OwnerId = OwnerId.ToIdText(),
    };
}
