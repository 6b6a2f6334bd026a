using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Tenants.Access;

/// <summary>Counts the changes of a tenant's rights, so that an older answer is known from a newer one.</summary>
[NotAudited("It only counts; what changed is in the log.")]
internal sealed class AccessVersion : ITenantOwned
{
    public Guid TenantId { get; set; }

    public long Version { get; init; }

    public static void Map(EntityTypeBuilder<AccessVersion> builder)
    {
        builder.ToTable("access_versions");
        builder.HasKey(version => version.TenantId);
    }
}
