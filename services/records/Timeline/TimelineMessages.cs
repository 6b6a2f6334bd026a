using Google.Protobuf.WellKnownTypes;
using Platform.Auditing;
using Platform.Tenancy;

namespace Platform.Records.Timeline;

/// <summary>Entries as the API has them.</summary>
internal static class TimelineMessages
{
    public static V1.Note ToNote(this RecordActivity activity) => new()
    {
        Id = activity.Id.ToString(),
        Etag = activity.Etag,
        Body = activity.Body,
        AuthorId = activity.Actor,
        CreateTime = activity.CreateTime.ToTimestamp(),
        UpdateTime = activity.UpdateTime.ToTimestamp(),
    };

    public static V1.TimelineEntry ToEntry(this RecordActivity activity) => new()
    {
        Id = activity.Id.ToString(),
        Kind = activity.Kind,
        Time = activity.CreateTime.ToTimestamp(),
        ActorKind = KindOf(activity.ActorKind),
        Actor = activity.Actor,
        OnBehalfOf = activity.OnBehalfOf,
        Note = activity.Kind == V1.TimelineKind.Note ? activity.ToNote() : null,
    };

    public static V1.TimelineEntry ToEntry(this HistoryEntry entry, V1.TimelineKind kind) => new()
    {
        Id = entry.Id.ToString(),
        Kind = kind,
        Time = entry.Time.ToTimestamp(),
        ActorKind = KindOf(entry.ActorKind),
        Actor = entry.Actor,
        OnBehalfOf = entry.OnBehalfOf,
    };

    private static Audit.V1.ActorKind KindOf(CallerKind kind) => System.Enum.Parse<Audit.V1.ActorKind>(kind.ToString());
}
