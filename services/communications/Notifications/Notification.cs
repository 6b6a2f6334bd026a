using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore;
using Platform.Auditing;
using Platform.Data;

namespace Platform.Communications.Notifications;

/// <summary>A message to one person within the application. It is read once, and never changes otherwise.</summary>
[NotAudited("Is a message to one person; what it tells of is in the log.")]
internal sealed class Notification : Entity
{
    public Guid UserId { get; private init; }

    public string Kind { get; private init; } = "";

    public string Title { get; private init; } = "";

    public string Text { get; private init; } = "";

    public Struct Data { get; private init; } = new();

    public DateTimeOffset? ReadTime { get; private set => field = value is { } time ? ToMicroseconds(time) : null; }

    public static Notification To(Guid userId, string kind, string title, string text, Struct data, DateTimeOffset now) =>
        new() { UserId = userId, Kind = kind, Title = title, Text = text, Data = data, CreateTime = now, UpdateTime = now };

    public void Read(DateTimeOffset now) => (ReadTime, UpdateTime) = (ReadTime ?? now, now);

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
    };

    public static void Map(EntityTypeBuilder<Notification> builder)
    {
        builder.IsResource("notifications");
        builder.HasIndex(row => new { row.TenantId, row.UserId, row.Id });
        builder.HasIndex(row => new { row.TenantId, row.UserId }).HasFilter("read_time IS NULL").HasDatabaseName("ix_notifications_unread");
    }
}
