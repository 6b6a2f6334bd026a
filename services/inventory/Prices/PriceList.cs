using Google.Protobuf.WellKnownTypes;
using Platform.Data;

namespace Platform.Inventory.Prices;

/// <summary>Prices under one name.</summary>
internal sealed class PriceList : Entity
{
    public string Name { get; private set; } = "";

    /// <summary>Whether it answers where no other list does.</summary>
    public bool IsDefault { get; private set; }

    public static PriceList Create(string name, DateTimeOffset now)
    {
        var list = new PriceList { CreateTime = now };
        list.Rename(name, now);
        return list;
    }

    public void Rename(string name, DateTimeOffset now) => (Name, UpdateTime) = (name.Trim(), now);

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
    };
}
