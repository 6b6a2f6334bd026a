using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Metadata.Themes;

/// <summary>The image of a theme, beside it so that nobody reads it who asks for colours.</summary>
[NotAudited("The entry of the theme says that there is another one; the image itself is no text.")]
internal sealed class ThemeLogo : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid ThemeId { get; init; }

    public string ContentType { get; set; } = "";

    public byte[] Content { get; set; } = [];

    public static void Map(EntityTypeBuilder<ThemeLogo> builder)
    {
        builder.ToTable("theme_logos");
        builder.HasKey(logo => new { logo.TenantId, logo.ThemeId });
        builder.HasOne<Theme>().WithOne().HasForeignKey<ThemeLogo>(logo => new { logo.TenantId, logo.ThemeId }).OnDelete(DeleteBehavior.Cascade);
    }
}
