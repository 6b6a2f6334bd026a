using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Tenancy;

namespace Platform.Auditing;

/// <summary>
/// An entry that waits for its seal. A trigger writes it, so that whatever is in the log is sealed, whoever wrote it. Holds ids
/// and a hash only, since the sealer claims rows of all tenants.
/// </summary>
[NotAudited("Is the log itself.")]
internal sealed class UnsealedEntry : ITenantOwned
{
    public const string Table = "audit_unsealed";

    public Guid TenantId { get; set; }

    /// <summary>Drawn when the entry is written: a later change of a resource has a greater one.</summary>
    public long Position { get; init; }

    public Guid EntryId { get; init; }

    public byte[] ContentHash { get; init; } = [];

    public static void Map(EntityTypeBuilder<UnsealedEntry> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(entry => new { entry.TenantId, entry.Position });
        builder.Property(entry => entry.Position).UseIdentityAlwaysColumn();
        builder.IsWorkedOnAcrossTenants("The sealer links what was committed, whoever wrote it.");
    }
}
