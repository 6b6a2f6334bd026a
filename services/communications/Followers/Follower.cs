using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Communications.Followers;

/// <summary>What somebody said, or a mention of them did, of hearing about a record. Who looks after it follows it without one.</summary>
[NotAudited("What somebody wants to hear of; it gives no access to anything.")]
internal sealed class Follower : ITenantOwned
{
    public const string Table = "followers";

    public Guid TenantId { get; set; }

    public string Resource { get; init; } = "";

    public Guid RecordId { get; init; }

    public Guid UserId { get; init; }

    /// <summary>False where they said that they do not want to hear of it: neither looking after it nor a mention changes that.</summary>
    public bool Follows { get; set; }

    public DateTimeOffset FollowTime { get; set; }

    public static void Map(EntityTypeBuilder<Follower> builder)
    {
        builder.ToTable(Table);
        builder.HasKey(follower => new { follower.TenantId, follower.Resource, follower.RecordId, follower.UserId });
        builder.HasIndex(follower => new { follower.TenantId, follower.UserId });
    }
}
