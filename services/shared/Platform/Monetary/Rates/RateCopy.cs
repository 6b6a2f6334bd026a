using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Monetary.Rates;

/// <summary>A rate of a company, as the tenants service has it.</summary>
[NotAudited("A copy of what the tenants service has, where each change is in the log.")]
internal sealed class RateCopy : ITenantOwned
{
    public Guid TenantId { get; set; }

    public string CompanyCurrency { get; private set; } = "";

    public string Currency { get; private set; } = "";

    public DateOnly ValidFrom { get; private set; }

    public decimal Rate { get; private set; }

    public static void Map(EntityTypeBuilder<RateCopy> builder)
    {
        builder.ToTable("exchange_rate_copies");
        builder.HasKey(copy => new { copy.TenantId, copy.CompanyCurrency, copy.Currency, copy.ValidFrom });
    }
}
