using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Events;

/// <summary>Proof that a handler has worked on an event; written in the handler's own transaction.</summary>
[NotAudited("What the handler changes is in the log.")]
internal sealed class InboxMessage : ITenantOwned
{
    public Guid TenantId { get; set; }

    public string EventId { get; init; } = "";

    public string Handler { get; init; } = "";

    public DateTimeOffset ProcessTime { get; init; }

    public static void Map(EntityTypeBuilder<InboxMessage> builder)
    {
        builder.ToTable("inbox_messages");
        builder.HasKey(message => new { message.TenantId, message.EventId, message.Handler });
    }
}
