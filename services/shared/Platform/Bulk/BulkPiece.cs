using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Bulk;

/// <summary>A piece of the file that an export wrote, under the same walls as the records in it.</summary>
[NotAudited("That the records were taken out is in the log.")]
internal sealed class BulkPiece : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid JobId { get; init; }

    public int Number { get; init; }

    public byte[] Content { get; init; } = [];

    public static void Map(EntityTypeBuilder<BulkPiece> builder)
    {
        builder.ToTable("bulk_pieces");
        builder.HasKey(piece => new { piece.TenantId, piece.JobId, piece.Number });
    }
}
