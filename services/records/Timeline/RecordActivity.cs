using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Data;
using Platform.Tenancy;

namespace Platform.Records.Timeline;

/// <summary>What a timeline has beside what the log says of the record: notes, and that other records came to refer to it.</summary>
[NotAudited("Notes are told in the log of their record, links in the entries of the records that have them.")]
internal sealed class RecordActivity : Entity
{
    public const string Table = "record_activities";

    /// <summary>On whose timeline it stands.</summary>
    public Guid RecordId { get; private init; }

    public V1.TimelineKind Kind { get; private init; }

    public CallerKind ActorKind { get; private init; }

    public string Actor { get; private init; } = "";

    public string OnBehalfOf { get; private init; } = "";

    /// <summary>The text of a note.</summary>
    public string Body { get; private set; } = "";

    /// <summary>Key of the object of the other record; empty for a note.</summary>
    public string RelatedKey { get; private init; } = "";

    public Guid? RelatedId { get; private init; }

    /// <summary>The field of the other record that refers to this one.</summary>
    public string FieldKey { get; private init; } = "";

    public static void Map(EntityTypeBuilder<RecordActivity> builder)
    {
        builder.IsResource(Table);
        builder.Property(activity => activity.Kind).HasConversion<string>();
        builder.Property(activity => activity.ActorKind).HasConversion<string>();
        builder.HasIndex(activity => new { activity.TenantId, activity.RecordId, activity.Id });
    }

    public static RecordActivity Note(Guid recordId, string body, Caller caller, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        RecordId = recordId,
        Kind = V1.TimelineKind.Note,
        ActorKind = caller.Kind,
        Actor = caller.Subject,
        OnBehalfOf = caller.OnBehalfOf,
        Body = body,
        CreateTime = now,
        UpdateTime = now,
    };

    public static RecordActivity Link(Guid target, string sourceKey, Guid source, string fieldKey, bool isNew, Caller caller, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        RecordId = target,
        Kind = isNew ? V1.TimelineKind.Linked : V1.TimelineKind.Unlinked,
        ActorKind = caller.Kind,
        Actor = caller.Subject,
        OnBehalfOf = caller.OnBehalfOf,
        RelatedKey = sourceKey,
        RelatedId = source,
        FieldKey = fieldKey,
        CreateTime = now,
        UpdateTime = now,
    };

    public bool IsBy(Caller caller) => ActorKind == caller.Kind && Actor == caller.Subject;

    public void Rewrite(string body, DateTimeOffset now) => (Body, UpdateTime) = (body, now);
}
