using Google.Protobuf.WellKnownTypes;
using Platform.Data;

namespace Platform.Contacts.Activities;

/// <summary>An entry of a timeline; never changed, only moved when a lead is converted.</summary>
internal sealed class Activity : Entity
{
    public Guid? LeadId { get; private init; }

    public Guid? PersonId { get; private init; }

    public Guid? CompanyId { get; private init; }

    public V1.ActivityKind Kind { get; private init; }

    public string Subject { get; private init; } = "";

    public string Body { get; private init; } = "";

    public string SourceType { get; private init; } = "";

    public string SourceId { get; private init; } = "";

    public DateTimeOffset OccurTime { get; private init; }

    public static Activity Create(V1.Activity message, DateTimeOffset now)
    {
        var occurTime = message.OccurTime?.ToDateTimeOffset() ?? now;
        return new Activity
        {
            // The id tells when it happened, not when it was written: lists in the order of ids are timelines.
            Id = Guid.CreateVersion7(occurTime),
            LeadId = message.LeadId.ToIdOrNull(),
            PersonId = message.PersonId.ToIdOrNull(),
            CompanyId = message.CompanyId.ToIdOrNull(),
            Kind = message.Kind,
            Subject = message.Subject.Trim(),
            Body = message.Body,
            SourceType = message.SourceType,
            SourceId = message.SourceId,
            OccurTime = occurTime.AddTicks(-(occurTime.Ticks % TimeSpan.TicksPerMicrosecond)),
            CreateTime = now,
            UpdateTime = now,
        };
    }

    public V1.Activity ToMessage() => new()
    {
        Id = Id.ToString(),
        LeadId = LeadId.ToIdText(),
        PersonId = PersonId.ToIdText(),
        CompanyId = CompanyId.ToIdText(),
        Kind = Kind,
        Subject = Subject,
        Body = Body,
        SourceType = SourceType,
        SourceId = SourceId,
        OccurTime = OccurTime.ToTimestamp(),
        CreateTime = CreateTime.ToTimestamp(),
    };
}
