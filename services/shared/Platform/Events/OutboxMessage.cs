using System.Diagnostics;
using Google.Protobuf;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Events;

/// <summary>An event on its way to the broker: written with the change that it tells of, deleted when the broker has it.</summary>
[NotAudited("The change that it tells of is in the log.")]
public sealed class OutboxMessage : ITenantOwned
{
    /// <summary>Position; per aggregate the order of publication.</summary>
    public long Id { get; private set; }

    /// <summary>CloudEvents <c>id</c>.</summary>
    public Guid EventId { get; private init; }

    /// <inheritdoc />
    public Guid TenantId { get; set; }

    /// <summary>Topic: the domain of the event.</summary>
    public string Topic { get; private init; } = "";

    /// <summary>CloudEvents <c>type</c>: the full name of the message.</summary>
    public string Type { get; private init; } = "";

    /// <summary>The aggregate: events of one aggregate keep their order.</summary>
    public Guid AggregateId { get; private init; }

    /// <summary>The message as protobuf JSON.</summary>
    public string Data { get; private set; } = "";

    /// <summary>W3C trace context of the request that caused the event.</summary>
    public string? TraceParent { get; private init; }

    /// <summary>Id of the person who caused it; empty where nobody is known.</summary>
    public string CausedBy { get; private init; } = "";

    /// <summary>One of many that were written at once, as by an import: it lets others go first.</summary>
    public bool IsBulk { get; private init; }

    /// <summary>When it happened.</summary>
    public DateTimeOffset CreateTime { get; private init; }

    /// <summary>How often the broker refused it.</summary>
    public int Attempts { get; private init; }

    /// <summary>Not before this.</summary>
    public DateTimeOffset NextAttemptTime { get; private init; }

    /// <summary>What the broker said last.</summary>
    public string? LastError { get; private init; }

    /// <summary>Set when it is given up; the row is kept.</summary>
    public DateTimeOffset? DeadTime { get; private init; }

    internal static OutboxMessage Create(Caller caller, Guid aggregateId, IMessage message, bool isBulk)
    {
        var now = TimeProvider.System.GetUtcNow();
        return new OutboxMessage
        {
            EventId = Guid.CreateVersion7(),
            TenantId = caller.RequiredTenantId,
            Topic = EventNames.TopicOf(message.Descriptor),
            Type = message.Descriptor.FullName,
            AggregateId = aggregateId,
            Data = JsonFormatter.Default.Format(message),
            TraceParent = Activity.Current?.Id,
            CausedBy = caller.CausedBy,
            IsBulk = isBulk,
            CreateTime = now,
            NextAttemptTime = now,
        };
    }

    /// <summary>Tells what is known now, before it is saved.</summary>
    internal void Tell(IMessage message) => Data = JsonFormatter.Default.Format(message);

    internal static void Map(EntityTypeBuilder<OutboxMessage> builder)
    {
        builder.ToTable("outbox_messages");
        builder.HasKey(message => new { message.TenantId, message.Id });
        builder.Property(message => message.Id).UseIdentityAlwaysColumn();
        builder.Property(message => message.IsBulk).HasDefaultValue(false);
        builder.HasIndex(message => new { message.IsBulk, message.Id }).HasFilter("dead_time IS NULL");
        builder.HasIndex(message => new { message.TenantId, message.AggregateId, message.Id }).HasFilter("dead_time IS NULL");
    }
}
