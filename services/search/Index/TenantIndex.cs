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
    public int Generation { get; private set; } = First;

    /// <summary>What is being built; changes are written to both.</summary>
    public int? Building { get; private set; }

    /// <summary>PostgreSQL's xmin.</summary>
    public uint Version { get; private set; }

    /// <summary>Begins the next generation, which it returns.</summary>
    public int Build() => (Building = Generation + 1).Value;

    /// <summary>Has a generation read that is all there; one that is not being built any more is left alone.</summary>
    public void Switch(int generation)
    {
        if (Building == generation)
            (Generation, Building) = (generation, null);
    }

    public static void Map(EntityTypeBuilder<TenantIndex> builder)
    {
        builder.ToTable("tenant_indexes");
        builder.HasKey(index => index.TenantId);
        builder.Property(index => index.Version).IsRowVersion();
    }
}
