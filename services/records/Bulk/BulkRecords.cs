using Microsoft.Extensions.Options;
using Platform.Access;
using Platform.Bulk;
using Platform.Records.Links;
using Platform.Records.Objects;

namespace Platform.Records.Bulk;

/// <summary>Work on many records of one object: of the parts of their single writes. One that is deleted takes along what its deletion alone would, and brings it back.</summary>
internal static class BulkRecords
{
    /// <summary>The kind of a resource's name; null for the name of no object.</summary>
    public static BulkKind? Find(string resource) => RecordKinds.Find(resource) is { } kind ? Of(kind) : null;

    public static BulkOrder OrderOf(V1.BulkRecordsRequest request) => new(request.Filter, request.Ids, request.All, request.TimeZone)
    {
        IsUpdate = request.Update is not null,
        Change = request.Update?.Record,
        Mask = request.Update?.UpdateMask,
        Assign = request.Assign,
        AddTags = request.AddTags,
        RemoveTags = request.RemoveTags,
        Delete = request.Delete,
        Export = request.Export,
    };

    private static BulkKind<RecordsDbContext, Record, V1.Record> Of(ProtectedResource<Record> kind) => new(kind, V1.Record.Parser)
    {
        Noun = "record",
        IsImported = true,
        Held = (db, ids) => db.Records.Of(kind).LockedForUpdate(db, ids),
        ToMessage = row => row.ToMessage(),
        CustomFields = row => row.CustomFields,
        Merge = (_, db, row, change, mask, _) => Task.FromResult(UpdateRecord.Merge(db, row, change, mask)),
        Write = (_, db, row, message, now, _) =>
        {
            UpdateRecord.Write(db, row, message, now);
            return Task.CompletedTask;
        },
        PutBack = (_, db, row, message, now, _) =>
        {
            row.PutBack(message, now);
            db.Publish(row.Id, new V1.RecordUpdated { Record = row.ToMessage() });
            return Task.CompletedTask;
        },
        OnSave = _ => [],
        Bin = new BulkBin<RecordsDbContext, Record>(
            RecordKinds.Of(KeyOf(kind), RecordState.Any),
            (db, id) => db.Records.Of(RecordKinds.Of(KeyOf(kind), RecordState.Any)).LockedForUpdate(db, id),
            (services, db, row, now, cancellationToken) =>
                new Cascade(db, db.Caller.CustomFields!, services.GetRequiredService<IOptions<RecordOptions>>().Value, now).DeleteAsync(row, cancellationToken),
            // One that went with another record comes back with that one.
            async (db, row, now, cancellationToken) => row.DeletedWith is { } other
                ? RecordErrors.DeletedWith(other) : await new Restoration(db, db.Caller.CustomFields!, now).RestoreAsync(row, cancellationToken)),
    };

    private static string KeyOf(ProtectedResource<Record> kind) => kind.Info.Name[ResourceCatalogue.ObjectPrefix.Length..];
}
