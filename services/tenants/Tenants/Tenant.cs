using Google.Protobuf.WellKnownTypes;
using Platform.Common.V1;
using Platform.Data;

namespace Platform.Tenants.Tenants;

/// <summary>A company on the installation. Its id is that of the organization in the identity server, and it owns itself.</summary>
internal sealed class Tenant : Entity
{
    public string Slug { get; private set; } = "";

    public string DisplayName { get; private set; } = "";

    public string LegalName { get; private set; } = "";

    public string TaxNumber { get; private set; } = "";

    public Address? Address { get; private set; }

    public string Currency { get; private set; } = "";

    public static Tenant Create(Guid organizationId, V1.Tenant message, DateTimeOffset now)
    {
        var tenant = new Tenant { Id = organizationId, TenantId = organizationId, Slug = message.Slug, CreateTime = now };
        tenant.Update(message, now);
        return tenant;
    }

    public void Update(V1.Tenant message, DateTimeOffset now)
    {
        DisplayName = message.DisplayName.Trim();
        LegalName = message.LegalName.Trim();
        TaxNumber = message.TaxNumber.Trim();
        Address = message.Address;
        Currency = message.Currency;
        UpdateTime = now;
    }

    public V1.Tenant ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        Slug = Slug,
        DisplayName = DisplayName,
        LegalName = LegalName,
        TaxNumber = TaxNumber,
        Address = Address,
        Currency = Currency,
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
    };
}
