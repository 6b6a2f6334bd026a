using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Tenants.ExchangeRates;

/// <summary>Counts the changes of a company's rates, so that copies know what they lack.</summary>
[NotAudited("It only counts; what changed is in the log.")]
internal sealed class RateVersion : ITenantOwned
{
    public Guid TenantId { get; set; }

    public long Version { get; init; }

    public static void Map(EntityTypeBuilder<RateVersion> builder)
    {
        builder.ToTable("rate_versions");
        builder.HasKey(version => version.TenantId);
    }
}
