using Microsoft.EntityFrameworkCore;
using Platform.Access;
using Platform.Access.Fields;
using Platform.CustomFields;
using Platform.Records.Objects;

namespace Platform.Records.Timeline;

/// <summary>Entries that tell of other records: only of those that the caller may see, by a field that the caller may see.</summary>
internal static class RelatedEntries
{
    public static async Task<List<V1.TimelineEntry>> ToEntriesAsync(this RecordsDbContext db, IReadOnlyList<RecordActivity> activities, CancellationToken cancellationToken)
    {
        var visible = new Dictionary<Guid, string>();
        foreach (var group in activities.Where(activity => activity.RelatedId is not null && IsVisible(db, activity)).GroupBy(activity => activity.RelatedKey, StringComparer.Ordinal))
        {
            var (kind, ids) = (RecordKinds.Of(group.Key, RecordState.Any), group.Select(activity => activity.RelatedId!.Value).Distinct().ToList());
            var mayName = db.Caller.CanRead(kind.Info, "name");
            foreach (var record in await db.Records.Of(kind).AsNoTracking().Where(row => ids.Contains(row.Id)).Select(row => new { row.Id, row.Name }).ToListAsync(cancellationToken))
                visible[record.Id] = mayName ? record.Name : "";
        }

        return [.. activities.Where(activity => activity.RelatedId is null || visible.ContainsKey(activity.RelatedId.Value) && IsVisible(db, activity)).Select(activity => EntryOf(activity, visible))];
    }

    private static V1.TimelineEntry EntryOf(RecordActivity activity, Dictionary<Guid, string> names)
    {
        var entry = activity.ToEntry();
        if (activity.RelatedId is { } id)
            entry.Related = new V1.RelatedRecord { Resource = ResourceOf(activity), Id = id.ToString(), Name = names[id], Field = FieldOf(activity) };
        return entry;
    }

    // Neither an object nor a field that is no longer in use is told of.
    private static bool IsVisible(RecordsDbContext db, RecordActivity activity) =>
        db.Caller.CustomFields is { } fields && fields.HasObject(ResourceOf(activity)) && fields.Of(ResourceOf(activity)).Find(activity.FieldKey) is not null
        && db.Caller.CanRead(RecordKinds.Of(activity.RelatedKey).Info, FieldOf(activity));

    private static string ResourceOf(RecordActivity activity) => ResourceCatalogue.ObjectPrefix + activity.RelatedKey;

    private static string FieldOf(RecordActivity activity) => ResourceInfo.CustomFieldsPrefix + activity.FieldKey;
}
