using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;

namespace Platform.Communications.Emails;

internal static class EmailConfiguration
{
    public const string UniqueSource = "ix_emails_tenant_id_source_type_source_id";

    public static void Map(EntityTypeBuilder<Email> builder)
    {
        builder.IsResource("emails");
        builder.Property(email => email.Status).HasConversion<short>();
        builder.Ignore(email => email.IsQueued);
        builder.HasIndex(email => new { email.TenantId, email.SourceType, email.SourceId }).IsUnique()
            .HasFilter("source_type <> ''").HasDatabaseName(UniqueSource);
        builder.HasIndex(email => new { email.TenantId, email.To });
    }
}
