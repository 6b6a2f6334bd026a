using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Tenants.SignIns;

/// <summary>Until when the identity server's journal has been taken, and who is taking it just now. The installation's, one row.</summary>
[NotAudited("Is a place in a journal.")]
internal sealed class JournalCursor : ITenantOwned
{
    public Guid TenantId { get; set; }

    public DateTimeOffset TakenUntil { get; set; }

    /// <summary>The process that has the lease.</summary>
    public Guid Holder { get; set; }

    public DateTimeOffset LeaseUntil { get; set; }

    public static void Map(EntityTypeBuilder<JournalCursor> builder)
    {
        builder.ToTable("journal_cursors");
        builder.HasKey(cursor => cursor.TenantId);
    }
}
