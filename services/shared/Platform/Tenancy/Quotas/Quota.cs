using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;

namespace Platform.Tenancy.Quotas;

/// <summary>How much of something a tenant may have in this service, and has. There is a row only where there is a limit.</summary>
[NotAudited("What the operator sets is in the log of tenants; the rest only counts.")]
public sealed class Quota : ITenantOwned
{
    internal const string Table = "quotas";

    /// <inheritdoc />
    public Guid TenantId { get; set; }

    /// <summary><c>contacts.person</c>, <c>contacts</c> for all rows of the module, or <c>contacts.storage</c> in bytes; or one of <see cref="CompanyLimits"/>.</summary>
    public string Resource { get; init; } = "";

    /// <summary>The limit; of one of the whole company this service's share.</summary>
    public long Most { get; init; }

    /// <summary>What there is, as of the last count and what was added since.</summary>
    public long Used { get; init; }

    /// <summary>When the limit was set; an older message does not change it.</summary>
    public DateTimeOffset SetTime { get; init; }

    /// <summary>When it was counted last.</summary>
    public DateTimeOffset CountTime { get; init; }

    /// <summary>Of the last word of tenants on the share: an older one changes nothing. 0 for limits of this service alone.</summary>
    public long Round { get; init; }

    /// <summary>Maps the table; a service whose records can be limited calls it.</summary>
    public static void Map(EntityTypeBuilder<Quota> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(quota => new { quota.TenantId, quota.Resource });
        builder.Property(quota => quota.Round).HasDefaultValue(0L);
    }
}
