using Platform.Filtering;

namespace Platform.Communications.Notifications;

/// <summary>What notifications may be filtered and sorted by.</summary>
internal static class NotificationFields
{
    public static FilterSchema<Notification> Schema { get; } = FilterSchema.Of<Notification>(fields => fields
        .Text("kind", row => row.Kind)
        .Boolean("read", row => row.ReadTime != null)
        .Instant("create_time", row => row.CreateTime, sortable: true));
}
