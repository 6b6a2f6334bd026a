using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Tenants.Audit;

/// <summary>
/// A head of a service's chain, noted here, in another database: who cuts a chain or computes it anew where it is kept does not
/// reach these. All of them are kept, since a chain computed anew brings new heads of its own.
/// </summary>
[NotAudited("Is part of the log itself.")]
internal sealed class NotedHead : ITenantOwned
{
    public Guid TenantId { get; set; }

    public string Service { get; init; } = "";

    public long Sequence { get; init; }

    /// <summary>Hexadecimal.</summary>
    public string Hash { get; init; } = "";

    public DateTimeOffset NoteTime { get; init; }

    public static void Map(EntityTypeBuilder<NotedHead> builder)
    {
        builder.ToTable("audit_heads");
        builder.HasKey(head => new { head.TenantId, head.Service, head.Sequence, head.Hash });
        builder.IsAppendOnly();
    }
}
