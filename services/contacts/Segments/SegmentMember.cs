using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Contacts.Segments;

/// <summary>That a record belongs to a segment.</summary>
[NotAudited("Of a dynamic segment it follows from the records and the expression; calls that change a static one are entries of their own.")]
internal sealed class SegmentMember : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid SegmentId { get; init; }

    public Guid RecordId { get; init; }

    public DateTimeOffset CreateTime { get; init; }

    /// <summary>
    /// When its record became part of another one, and that it left was told: the place is kept for the time in which the merge can be
    /// taken back. Null for all who belong to it.
    /// </summary>
    public DateTimeOffset? LeaveTime { get; init; }

    public static void Map(EntityTypeBuilder<SegmentMember> builder)
    {
        builder.ToTable("segment_members");
        builder.HasKey(member => new { member.TenantId, member.SegmentId, member.RecordId });
        builder.HasIndex(member => new { member.TenantId, member.RecordId });
        builder.HasOne<Segment>().WithMany().HasForeignKey(member => new { member.TenantId, member.SegmentId }).OnDelete(DeleteBehavior.Cascade);
    }
}
