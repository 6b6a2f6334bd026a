using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Data;

namespace Platform.Inventory.Prices;

/// <summary>Prices under one name.</summary>
internal sealed class PriceList : ProtectedEntity, IProtected<PriceList>
{
    public static ProtectedResource<PriceList> Resource { get; } = new("inventory.price_list", PriceListFields.Schema);

    public string Name { get; private set; } = "";

    /// <summary>Whether it answers where no other list does.</summary>
    public bool IsDefault { get; private set; }

    public Struct CustomFields { get; private set; } = new();

    public static PriceList Create(V1.PriceList message, DateTimeOffset now)
    {
        var list = new PriceList { CreateTime = now };
        list.Update(message, now);
        return list;
    }

    public override ProtectedResource AccessResource() => Resource;

    public void Update(V1.PriceList message, DateTimeOffset now) => (Name, CustomFields, UpdateTime) = (message.Name.Trim(), message.CustomFields ?? new Struct(), now);

    public void Promote(DateTimeOffset now) => (IsDefault, UpdateTime) = (true, now);

    public void Demote(DateTimeOffset now) => (IsDefault, UpdateTime) = (false, now);

    public V1.PriceList ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        Name = Name,
        IsDefault = IsDefault,
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
        CustomFields = CustomFields,
        OwnerId = OwnerId.ToIdText(),
    };
}
