using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace Platform.Metadata.Shapes;

/// <summary>The fields that all messages of shapes have.</summary>
internal static class ShapeMessage
{
    private static readonly string[] OfThePlatform = ["id", "etag", "create_time", "update_time"];

    /// <summary>The text of the field; nothing where the message has no such field.</summary>
    public static string Text(IMessage message, string field) => (string?)message.Descriptor.FindFieldByName(field)?.Accessor.GetValue(message) ?? "";

    public static object? Value(IMessage message, string field) => message.Descriptor.FindFieldByName(field).Accessor.GetValue(message);

    public static void Set(IMessage message, string field, object? value) => message.Descriptor.FindFieldByName(field).Accessor.SetValue(message, value);

    /// <summary>saved_view → savedView.</summary>
    public static string JsonName(string name) => string.Concat(name.Split('_').Select((word, i) => i == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>Takes out what the platform says of the row, so that the rest is what somebody wrote.</summary>
    public static T Bare<T>(T message)
        where T : IMessage<T>, IDeepCloneable<T>
    {
        var bare = message.Clone();
        foreach (var name in OfThePlatform)
            bare.Descriptor.FindFieldByName(name).Accessor.Clear(bare);
        return bare;
    }

    public static void Stamp(IMessage message, string id, string etag, DateTimeOffset createTime, DateTimeOffset updateTime)
    {
        Set(message, "id", id);
        Set(message, "etag", etag);
        Set(message, "create_time", createTime.ToTimestamp());
        Set(message, "update_time", updateTime.ToTimestamp());
    }
}
