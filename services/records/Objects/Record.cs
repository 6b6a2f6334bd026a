using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Data;
using Platform.Records.Links;

namespace Platform.Records.Objects;

/// <summary>A record of an object that a company defined.</summary>
internal sealed class Record : ProtectedEntity, IProtected<Record>
{
    /// <summary>Stands for all objects, and has no rows itself.</summary>
    public static ProtectedResource<Record> Resource { get; } =
        new(ResourceCatalogue.Objects.Name, RecordFields.SchemaOf(ResourceCatalogue.Objects.Name)) { Rows = row => false, Kinds = RecordKinds.Find };

    /// <summary>Key of the object; PostgreSQL reads the column too, to keep the values of unique and searchable fields.</summary>
    public string ObjectKey { get; private init; } = "";

    /// <summary>Empty where the object numbered none when the record was made.</summary>
    public string Number { get; private set; } = "";

    public string Name { get; private set; } = "";

    public Struct CustomFields { get; private set; } = new();

    public DateTimeOffset? DeleteTime { get; private set; }

    public DateTimeOffset? PurgeTime { get; private set; }

    /// <summary>The record with whose deletion this one went, and with which it is restored; null where it was deleted itself.</summary>
    public Guid? DeletedWith { get; private set; }

    /// <summary>Of one that is deleted, when it was changed last before that: so that what jobs left of it is known again when it is back. Null where it was deleted before this was noted.</summary>
    public DateTimeOffset? LeftTime { get; private set; }

    public static Record Create(string objectKey, string number, V1.Record message, DateTimeOffset now)
    {
        var record = new Record { ObjectKey = objectKey, Number = number, CreateTime = now };
        record.Update(message, now);
        return record;
    }

    public override ProtectedResource AccessResource() => RecordKinds.Of(ObjectKey);

    public override bool IsInUse() => DeleteTime is null;

    public override bool IsDeletionOf(ProtectedEntity stored) => (DeleteTime is null) != (((Record)stored).DeleteTime is null);

    public void Update(V1.Record message, DateTimeOffset now)
    {
        Name = message.Name.Trim() is { Length: > 0 } name ? name : Number;
        CustomFields = message.CustomFields ?? new Struct();
        OwnerId = message.OwnerId.ToIdOrNull() ?? OwnerId;
        UpdateTime = now;
    }

    /// <summary>What it was before; an absent owner too.</summary>
    public void PutBack(V1.Record message, DateTimeOffset now)
    {
        Update(message, now);
        OwnerId = message.OwnerId.ToIdOrNull();
    }

    /// <summary>Once, before it is saved: it is called by the number where it has no name.</summary>
    public void TakeNumber(string number) => (Number, Name) = (number, Name.Length > 0 ? Name : number);

    /// <summary>Takes an id out of a relation.</summary>
    public void Clear(string fieldKey, Guid target, DateTimeOffset now) => (CustomFields, UpdateTime, LeftTime) = (Relations.Without(CustomFields, fieldKey, target), now, null);

    /// <summary>Puts back what was taken out; whether there was room for it.</summary>
    public bool PutBack(Field field, Guid target, DateTimeOffset now)
    {
        if (Relations.With(CustomFields, field, target) is not { } with)
            return false;
        (CustomFields, UpdateTime) = (with, now);
        return true;
    }

    public void Delete(DateTimeOffset now, TimeSpan grace, Guid? with = null)
    {
        // Read back, because UpdateTime has the precision of PostgreSQL.
        (LeftTime, UpdateTime) = (UpdateTime, now);
        (DeleteTime, PurgeTime, DeletedWith) = (UpdateTime, UpdateTime + grace, with);
    }

    public void Undelete(DateTimeOffset now) => (DeleteTime, PurgeTime, DeletedWith, LeftTime, UpdateTime) = (null, null, null, null, now);

    public V1.Record ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        Resource = ResourceCatalogue.ObjectPrefix + ObjectKey,
        Number = Number,
        Name = Name,
        CustomFields = CustomFields,
        OwnerId = OwnerId.ToIdText(),
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
        DeleteTime = DeleteTime.ToTimestampOrNull(),
        PurgeTime = PurgeTime.ToTimestampOrNull(),
    };
}
