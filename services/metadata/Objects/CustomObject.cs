using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Data;

namespace Platform.Metadata.Objects;

/// <summary>An object that a company defined for itself.</summary>
internal sealed class CustomObject : Entity
{
    public string Key { get; private init; } = "";

    public string PluralKey { get; private init; } = "";

    /// <summary>All else that the company said of it.</summary>
    public V1.ObjectType Definition { get; private set; } = new();

    public DateTimeOffset? DeleteTime { get; private set; }

    public DateTimeOffset? PurgeTime { get; private set; }

    public bool IsDeleted => DeleteTime is not null;

    /// <summary>What fields, policies and descriptors call it.</summary>
    public string Resource => ResourceCatalogue.ObjectPrefix + Key;

    public static CustomObject Create(V1.ObjectType message, DateTimeOffset now)
    {
        var created = new CustomObject { Key = message.Key, PluralKey = message.PluralKey, CreateTime = now };
        created.Update(message, now);
        return created;
    }

    public void Update(V1.ObjectType message, DateTimeOffset now)
    {
        var definition = message.Clone();
        (definition.Id, definition.Etag, definition.Key, definition.PluralKey, definition.Resource) = ("", "", "", "", "");
        (definition.CreateTime, definition.UpdateTime, definition.DeleteTime, definition.PurgeTime) = (null, null, null, null);
        (definition.Label, definition.PluralLabel) = (message.Label.Trim(), message.PluralLabel.Trim());
        (definition.Description, definition.NameLabel) = (message.Description.Trim(), message.NameLabel.Trim());
        (Definition, UpdateTime) = (definition, now);
    }

    public void Delete(DateTimeOffset now, TimeSpan grace)
    {
        // Read back, because UpdateTime has the precision of PostgreSQL.
        UpdateTime = now;
        (DeleteTime, PurgeTime) = (UpdateTime, UpdateTime + grace);
    }

    /// <summary>Makes its records private again.</summary>
    public void Withdraw() => Definition = new V1.ObjectType(Definition) { Publication = null };

    public void Undelete(DateTimeOffset now) => (DeleteTime, PurgeTime, UpdateTime) = (null, null, now);

    public V1.ObjectType ToMessage()
    {
        var message = Definition.Clone();
        (message.Id, message.Etag, message.Key, message.PluralKey, message.Resource) = (Id.ToString(), Etag, Key, PluralKey, Resource);
        (message.CreateTime, message.UpdateTime) = (CreateTime.ToTimestamp(), UpdateTime.ToTimestamp());
        (message.DeleteTime, message.PurgeTime) = (DeleteTime.ToTimestampOrNull(), PurgeTime.ToTimestampOrNull());
        return message;
    }
}
