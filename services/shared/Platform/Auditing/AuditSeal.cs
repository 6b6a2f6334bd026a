using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Tenancy;

namespace Platform.Auditing;

/// <summary>A link of a tenant's chain: the place of an entry, and a hash that covers every entry before it.</summary>
[NotAudited("Is the log itself.")]
internal sealed class AuditSeal : ITenantOwned
{
    public Guid TenantId { get; set; }

    /// <summary>1, 2, 3 … without a gap, in the order of commits.</summary>
    public long Sequence { get; init; }

    public Guid EntryId { get; init; }

    public byte[] PreviousHash { get; init; } = [];

    public byte[] Hash { get; init; } = [];

    public DateTimeOffset SealTime { get; init; }

    public static void Map(EntityTypeBuilder<AuditSeal> builder)
    {
        builder.ToTable("audit_seals");
        builder.HasKey(seal => new { seal.TenantId, seal.Sequence });
        builder.Property(seal => seal.Sequence).ValueGeneratedNever();
        builder.HasIndex(seal => new { seal.TenantId, seal.EntryId }).IsUnique();
        builder.IsAppendOnly();
    }
}
