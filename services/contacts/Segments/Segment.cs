using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Contacts.Segments.Keeping;
using Platform.Data;

namespace Platform.Contacts.Segments;

/// <summary>A named group of records of one kind. How far it has been evaluated is kept beside it, so that this row changes only when somebody changes it.</summary>
internal sealed class Segment : Entity
{
    public const string UniqueName = "ix_segments_tenant_id_resource_name";

    public string Name { get; private set; } = "";

    public string Description { get; private set; } = "";

    public string Resource { get; private init; } = "";

    public V1.SegmentKind Kind { get; private init; }

    public string Filter { get; private set; } = "";

    public string TimeZone { get; private set; } = "";

    /// <summary>Kinds of records whose changes may change who is a member.</summary>
    public List<string> Watches { get; private set; } = [];

    /// <summary>The fields that the expression reads, as <see cref="ReadFields"/> writes them.</summary>
    public List<string> Reads { get; private set; } = [];

    public bool IsDynamic => Kind == V1.SegmentKind.Dynamic;

    public static void Map(EntityTypeBuilder<Segment> builder)
    {
        builder.IsResource("segments");
        builder.Ignore(segment => segment.IsDynamic);
        builder.Property(segment => segment.Kind).HasConversion<string>();
        builder.HasIndex(segment => new { segment.TenantId, segment.Resource, segment.Name }).IsUnique().HasDatabaseName(UniqueName);
    }

    public static Segment Create(V1.Segment message, DateTimeOffset now) => new() { Resource = message.Resource, Kind = message.Kind, CreateTime = now, UpdateTime = now };

    public void Update(V1.Segment message, SegmentCondition? condition, DateTimeOffset now)
    {
        Name = message.Name.Trim();
        Description = message.Description.Trim();
        Filter = message.Filter.Trim();
        TimeZone = message.TimeZone;
        Watches = condition is null ? [] : [.. condition.RelatedKinds.Append(Resource).Distinct().Order(StringComparer.Ordinal)];
        Reads = condition is null ? [] : ReadFields.Of(condition.Fields);
        UpdateTime = now;
    }

    public V1.Segment ToMessage(SegmentRun? run) => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        Name = Name,
        Description = Description,
        Resource = Resource,
        Kind = Kind,
        Filter = Filter,
        TimeZone = TimeZone,
        State = run?.State ?? V1.SegmentState.Ready,
        Progress = run is { State: V1.SegmentState.Pending } ? new V1.SegmentProgress { Done = run.Done, Total = Math.Max(run.Done, run.Total) } : null,
        EvaluateTime = run?.EvaluateTime.ToTimestampOrNull(),
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
    };
}
