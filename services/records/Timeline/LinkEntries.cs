using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.CustomFields;
using Platform.Records.Objects;

namespace Platform.Records.Timeline;

/// <summary>Tells records of those that come to refer to them, or do so no longer, in the transaction of that change, whoever makes it.</summary>
internal static class LinkEntries
{
    /// <summary>For the tracked records that are about to be written. One that is deleted refers to nothing until it is restored.</summary>
    public static void TellOfLinks(this RecordsDbContext db)
    {
        foreach (var entry in db.ChangeTracker.Entries<Record>().Where(entry => entry.State is EntityState.Added or EntityState.Modified).ToList())
        {
            var wasInUse = entry.State == EntityState.Modified && entry.OriginalValues[nameof(Record.DeleteTime)] is null;
            db.TellOfLinks(entry.Entity, wasInUse ? entry.OriginalValues[nameof(Record.CustomFields)] as Struct : null);
        }
    }

    /// <summary>For a record that is written around the change tracker.</summary>
    /// <param name="db">The unit of work.</param>
    /// <param name="record">The record as it is to be.</param>
    /// <param name="before">The custom fields that it had; null for a new one.</param>
    public static void TellOfLinks(this RecordsDbContext db, Record record, Struct? before)
    {
        if (db.Caller.CustomFields?.Of(record.AccessResource().Info.Name) is not { } fields)
            return;
        var (had, has) = (LinksOf(fields, before), LinksOf(fields, record.DeleteTime is null ? record.CustomFields : null));
        foreach (var (field, target) in has.Except(had))
            db.Activities.Add(RecordActivity.Link(target, record.ObjectKey, record.Id, field, isNew: true, db.Caller, record.UpdateTime));
        foreach (var (field, target) in had.Except(has))
            db.Activities.Add(RecordActivity.Link(target, record.ObjectKey, record.Id, field, isNew: false, db.Caller, record.UpdateTime));
    }

    private static HashSet<(string Field, Guid Target)> LinksOf(ResourceFields fields, Struct? values) =>
    [
        .. from field in fields.All
           where field.Definition.RelatedResource.StartsWith(ResourceCatalogue.ObjectPrefix, StringComparison.Ordinal)
           from id in IdsOf(values?.Fields.GetValueOrDefault(field.Key))
           select (field.Key, id),
    ];

    private static IEnumerable<Guid> IdsOf(Value? value) => value is null ? [] : value.KindCase switch
    {
        Value.KindOneofCase.ListValue => value.ListValue.Values.SelectMany(IdsOf),
        Value.KindOneofCase.StringValue when Guid.TryParse(value.StringValue, out var id) => [id],
        _ => [],
    };
}
