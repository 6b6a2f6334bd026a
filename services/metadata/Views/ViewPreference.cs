using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Metadata.Views;

/// <summary>The view with which a person's list of a resource opens.</summary>
[NotAudited("How a person likes to begin; it changes nothing for anybody else.")]
internal sealed class ViewPreference : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid UserId { get; init; }

    public string Resource { get; init; } = "";

    public Guid ViewId { get; set; }

    public static void Map(EntityTypeBuilder<ViewPreference> builder)
    {
        builder.ToTable("view_preferences");
        builder.HasKey(preference => new { preference.TenantId, preference.UserId, preference.Resource });
        builder.HasOne<SavedView>().WithMany().HasForeignKey(preference => new { preference.TenantId, preference.ViewId }).OnDelete(DeleteBehavior.Cascade);
    }
}
