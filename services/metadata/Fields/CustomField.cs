using Google.Protobuf.WellKnownTypes;
using Platform.Data;

namespace Platform.Metadata.Fields;

/// <summary>A field that a company added to a resource.</summary>
internal sealed class CustomField : Entity
{
    public string Resource { get; private init; } = "";

    public string Key { get; private init; } = "";

    public V1.FieldType Type { get; private init; }

    /// <summary>All else that the company said of it.</summary>
    public V1.Field Definition { get; private set; } = new();

    public DateTimeOffset? DeleteTime { get; private set; }

    public DateTimeOffset? PurgeTime { get; private set; }

    public bool IsDeleted => DeleteTime is not null;

    public static CustomField Create(V1.Field message, DateTimeOffset now)
    {
        var field = new CustomField { Resource = message.Resource, Key = message.Key, Type = message.Type, CreateTime = now };
        field.Update(message, now);
        return field;
    }

    public void Update(V1.Field message, DateTimeOffset now)
    {
        var definition = message.Clone();
        (definition.Id, definition.Etag, definition.Resource, definition.Key, definition.Type) = ("", "", "", "", V1.FieldType.Unspecified);
        (definition.CreateTime, definition.UpdateTime, definition.DeleteTime, definition.PurgeTime) = (null, null, null, null);
        (definition.Label, definition.Help, definition.Section) = (message.Label.Trim(), message.Help.Trim(), message.Section.Trim());
        (Definition, UpdateTime) = (definition, now);
    }

    public void Delete(DateTimeOffset now, TimeSpan grace)
    {
        // Read back, because UpdateTime has the precision of PostgreSQL.
        UpdateTime = now;
        (DeleteTime, PurgeTime) = (UpdateTime, UpdateTime + grace);
    }

    public void Undelete(DateTimeOffset now) => (DeleteTime, PurgeTime, UpdateTime) = (null, null, now);

    public V1.Field ToMessage()
    {
        var message = Definition.Clone();
        (message.Id, message.Etag, message.Resource, message.Key, message.Type) = (Id.ToString(), Etag, Resource, Key, Type);
        (message.CreateTime, message.UpdateTime) = (CreateTime.ToTimestamp(), UpdateTime.ToTimestamp());
        (message.DeleteTime, message.PurgeTime) = (DeleteTime.ToTimestampOrNull(), PurgeTime.ToTimestampOrNull());
        return message;
    }
}
