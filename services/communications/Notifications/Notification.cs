using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore;
using Platform.Auditing;
using Platform.Data;

namespace Platform.Communications.Notifications;

/// <summary>A message to one person within the application. It is read once; until then more of the same may join it.</summary>
[NotAudited("Is a message to one person; what it tells of is in the log.")]
internal sealed class Notification : Entity
{
    public Guid UserId { get; private init; }

    public string Kind { get; private init; } = "";

    public string Title { get; private init; } = "";

    public string Text { get; private init; } = "";

    public Struct Data { get; private init; } = new();

    /// <summary>What is told together while it is unread; empty for what is told alone.</summary>
    public string GroupKey { get; private init; } = "";

    /// <summary>How much happened that it tells of.</summary>
    public int Count { get; private init; } = 1;

    public DateTimeOffset? ReadTime { get; private init; }

    public static Notification To(Guid userId, string kind, string title, string text, Struct data, DateTimeOffset now) =>
        new() { UserId = userId, Kind = kind, Title = title, Text = text, Data = data, CreateTime = now, UpdateTime = now };

    public V1.Notification ToMessage() => new()
    {
        Id = Id.ToString(),
        Kind = Kind,
        Title = Title,
        Text = Text,
        Data = Data,
        Read = ReadTime is not null,
        ReadTime = ReadTime.ToTimestampOrNull(),
        CreateTime = CreateTime.ToTimestamp(),
        Count = Count,
    };

    public static void Map(EntityTypeBuilder<Notification> builder)
    {
        builder.IsResource("notifications");
        builder.HasIndex(row => new { row.TenantId, row.UserId, row.Id });
        builder.Property(row => row.GroupKey).HasDefaultValue("");
        builder.Property(row => row.Count).HasDefaultValue(1).ValueGeneratedNever();
        builder.HasIndex(row => new { row.TenantId, row.UserId, row.GroupKey }).IsUnique().HasFilter("read_time IS NULL AND group_key <> ''").HasDatabaseName("ix_notifications_group");
        builder.HasIndex(row => new { row.TenantId, row.UserId }).HasFilter("read_time IS NULL").HasDatabaseName("ix_notifications_unread");
    }
}
