using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Search.Index;

/// <summary>Which generation of a tenant's index is read, and which one is being built beside it. Without a row the first is read.</summary>
[NotAudited("Says where copies are; that a rebuild was asked for is an entry of its own.")]
internal sealed class TenantIndex : ITenantOwned
{
    public const int First = 1;

    public Guid TenantId { get; set; }

    /// <summary>What is read.</summary>
    public int Generation { get; set; } = First;

    /// <summary>What is being built; changes are written to both.</summary>
    public int? Building { get; set; }

    public static void Map(EntityTypeBuilder<TenantIndex> builder)
    {
        builder.ToTable("tenant_indexes");
        builder.HasKey(index => index.TenantId);
    }
}
