using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Communications.Emails;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Communications.Delivery;

/// <summary>
/// A queued e-mail as work: written with the e-mail, deleted when the e-mail is sent or failed. Holds no content, since the
/// sender claims rows of all tenants.
/// </summary>
[NotAudited("Is work to be done; what came of it is in the entry of the e-mail.")]
internal sealed class EmailDelivery : ITenantOwned
{
    public Guid TenantId { get; set; }

    public Guid EmailId { get; private init; }

    /// <summary>Next attempt; while one is under way, when it counts as lost.</summary>
    public DateTimeOffset DueTime { get; private set; }

    /// <summary>Attempts begun. The last one to begin owns the row.</summary>
    public int Attempt { get; private init; }

    public static EmailDelivery Of(Email email) => new() { EmailId = email.Id, DueTime = email.CreateTime };

    public void Postpone(DateTimeOffset dueTime) => DueTime = dueTime;

    public static void Map(EntityTypeBuilder<EmailDelivery> builder)
    {
        builder.ToTable("email_deliveries");
        builder.HasKey(delivery => new { delivery.TenantId, delivery.EmailId });
        builder.HasOne<Email>().WithOne().HasForeignKey<EmailDelivery>(delivery => new { delivery.TenantId, delivery.EmailId });
        builder.Property(delivery => delivery.Attempt).IsConcurrencyToken();
        builder.HasIndex(delivery => delivery.DueTime);
        builder.IsWorkedOnAcrossTenants("The sender claims what is due, whoever wrote it.");
    }
}
