using Platform.Data;
using Platform.Tenants.V1;

namespace Platform.Finance.Settings;

/// <summary>How a tenant's documents are numbered, taxed, rounded and dated. One row a tenant: its id is the tenant's.</summary>
internal sealed class FinanceSettings : Entity
{
    private const string DefaultCurrency = "EUR";
    private const string DefaultZone = "UTC";

    private static readonly Dictionary<string, string> Zones = new(StringComparer.OrdinalIgnoreCase) { ["DE"] = "Europe/Berlin", ["GB"] = "Europe/London" };

    public V1.Party LegalEntity { get; private set; } = new();

    public string Currency { get; private set; } = DefaultCurrency;

    public string InvoicePrefix { get; private set; } = "INV";

    public string CreditNotePrefix { get; private set; } = "CN";

    public int PaymentDays { get; private set; } = 14;

    public V1.TaxRounding TaxRounding { get; private set; } = V1.TaxRounding.PerDocument;

    public string TimeZone { get; private set; } = DefaultZone;

    public bool HasLegalEntity => LegalEntity.Name.Length > 0;

    public static FinanceSettings CreateDefault(Guid tenantId, DateTimeOffset now) => new() { Id = tenantId, CreateTime = now, UpdateTime = now };

    /// <summary>Takes over what is known of the company.</summary>
    public void Adopt(Tenant tenant, DateTimeOffset now)
    {
        LegalEntity = new V1.Party { Name = tenant.LegalName.Length > 0 ? tenant.LegalName : tenant.DisplayName, TaxNumber = tenant.TaxNumber, Address = tenant.Address };
        Currency = Monetary.Currencies.Exists(tenant.Currency) ? tenant.Currency : DefaultCurrency;
        TimeZone = Zones.GetValueOrDefault(tenant.Address?.Country ?? "", DefaultZone);
        UpdateTime = now;
    }

    public void Update(V1.FinanceSettings message, DateTimeOffset now)
    {
        LegalEntity = message.LegalEntity;
        Currency = message.Currency;
        InvoicePrefix = message.InvoicePrefix;
        CreditNotePrefix = message.CreditNotePrefix;
        PaymentDays = message.PaymentDays;
        TaxRounding = message.TaxRounding == V1.TaxRounding.Unspecified ? V1.TaxRounding.PerDocument : message.TaxRounding;
        TimeZone = message.TimeZone;
        UpdateTime = now;
    }

    /// <summary>The calendar date where the books are kept.</summary>
    public DateOnly DateOf(DateTimeOffset instant) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);

    public V1.FinanceSettings ToMessage() => new()
    {
        Etag = Etag,
        LegalEntity = LegalEntity,
        Currency = Currency,
        InvoicePrefix = InvoicePrefix,
        CreditNotePrefix = CreditNotePrefix,
        PaymentDays = PaymentDays,
        TaxRounding = TaxRounding,
        TimeZone = TimeZone,
    };
}
