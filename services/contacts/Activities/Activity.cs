using Google.Protobuf.WellKnownTypes;
using Platform.Access;
using Platform.Data;

namespace Platform.Contacts.Activities;

/// <summary>An entry of timelines; a task, a call or a meeting is work too, which is open, done or cancelled.</summary>
internal sealed class Activity : ProtectedEntity, IProtected<Activity>
{
    public static ProtectedResource<Activity> Resource { get; } = new("contacts.activity", ActivityFields.Schema) { Sight = (rows, db) => rows.VisibleTo((ContactsDbContext)db) };

    public Guid? LeadId { get; private set; }

    public Guid? PersonId { get; private set; }

    public Guid? CompanyId { get; private set; }

    public Guid? DealId { get; private set; }

    public V1.ActivityKind Kind { get; private init; }

    public string Subject { get; private set; } = "";

    public string Body { get; private set; } = "";

    public string SourceType { get; private init; } = "";

    public string SourceId { get; private init; } = "";

    public DateTimeOffset OccurTime { get; private set => field = ToMicroseconds(value); }

    public V1.ActivityStatus Status { get; private set; }

    public V1.ActivityPriority Priority { get; private set; }

    public DateTimeOffset? DueTime { get; private set => field = Rounded(value); }

    public int DurationMinutes { get; private set; }

    public List<Guid> ParticipantPersonIds { get; private set; } = [];

    public List<Guid> ParticipantUserIds { get; private set; } = [];

    public List<string> ParticipantEmails { get; private set; } = [];

    public Guid? AssigneeId { get; private set; }

    public DateTimeOffset? RemindTime { get; private set => field = Rounded(value); }

    public DateTimeOffset? CompleteTime { get; private set => field = Rounded(value); }

    public Struct CustomFields { get; private set; } = new();

    /// <summary>Whether it is work that is still to do.</summary>
    public bool IsOpen => Status == V1.ActivityStatus.Open;

    public static Activity Create(V1.Activity message, DateTimeOffset now)
    {
        var activity = new Activity { Kind = message.Kind, SourceType = message.SourceType, SourceId = message.SourceId, OccurTime = now, CreateTime = now };
        activity.Update(message, now);
        return activity;
    }

    /// <summary>One that went with the record that it was about, as it was.</summary>
    public static Activity Restore(V1.Activity message)
    {
        var activity = new Activity
        {
            Id = Guid.Parse(message.Id),
            Kind = message.Kind,
            SourceType = message.SourceType,
            SourceId = message.SourceId,
            OccurTime = message.OccurTime.ToDateTimeOffset(),
            CreateTime = message.CreateTime.ToDateTimeOffset(),
        };
        activity.Update(message, message.UpdateTime.ToDateTimeOffset());
        activity.OwnerId = message.OwnerId.ToIdOrNull();
        activity.CompleteTime = message.CompleteTime?.ToDateTimeOffset();
        return activity;
    }

    public override ProtectedResource AccessResource() => Resource;

    public void Update(V1.Activity message, DateTimeOffset now)
    {
        SetTargets(ActivityTargets.Of(message));
        Subject = message.Subject.Trim();
        Body = message.Body;
        OccurTime = message.OccurTime?.ToDateTimeOffset() ?? OccurTime;
        OwnerId = message.OwnerId.ToIdOrNull() ?? OwnerId;
        DurationMinutes = message.DurationMinutes;
        ParticipantPersonIds = [.. message.ParticipantPersonIds.Select(Guid.Parse).Distinct()];
        ParticipantUserIds = [.. message.ParticipantUserIds.Select(Guid.Parse).Distinct()];
        ParticipantEmails = [.. message.ParticipantEmails.Select(email => email.Trim()).Distinct(StringComparer.OrdinalIgnoreCase)];
        CustomFields = message.CustomFields ?? new Struct();
        UpdateTime = now;
        if (ActivityKinds.IsWork(Kind))
            PlanWork(message, now);
    }

    /// <summary>Whoever looks after work does it, unless it is somebody else's.</summary>
    public void AssignToOwner() => AssigneeId ??= ActivityKinds.IsWork(Kind) ? OwnerId : null;

    public void Complete(DateTimeOffset now) => (Status, CompleteTime, UpdateTime) = (V1.ActivityStatus.Done, now, now);

    public void SetTargets(ActivityTargets targets) => (LeadId, PersonId, CompanyId, DealId) = (targets.LeadId, targets.PersonId, targets.CompanyId, targets.DealId);

    public V1.Activity ToMessage() => new()
    {
        Id = Id.ToString(),
        Etag = Etag,
        LeadId = LeadId.ToIdText(),
        PersonId = PersonId.ToIdText(),
        CompanyId = CompanyId.ToIdText(),
        DealId = DealId.ToIdText(),
        Kind = Kind,
        Subject = Subject,
        Body = Body,
        SourceType = SourceType,
        SourceId = SourceId,
        OccurTime = OccurTime.ToTimestamp(),
        Status = Status,
        Priority = Priority,
        DueTime = DueTime.ToTimestampOrNull(),
        DurationMinutes = DurationMinutes,
        ParticipantPersonIds = { ParticipantPersonIds.Select(id => id.ToString()) },
        ParticipantUserIds = { ParticipantUserIds.Select(id => id.ToString()) },
        ParticipantEmails = { ParticipantEmails },
        AssigneeId = AssigneeId.ToIdText(),
        RemindTime = RemindTime.ToTimestampOrNull(),
        CompleteTime = CompleteTime.ToTimestampOrNull(),
        OwnerId = OwnerId.ToIdText(),
        CustomFields = CustomFields,
        CreateTime = CreateTime.ToTimestamp(),
        UpdateTime = UpdateTime.ToTimestamp(),
    };

    private static DateTimeOffset? Rounded(DateTimeOffset? value) => value is { } time ? ToMicroseconds(time) : null;

    private void PlanWork(V1.Activity message, DateTimeOffset now)
    {
        Priority = message.Priority == V1.ActivityPriority.Unspecified ? V1.ActivityPriority.Normal : message.Priority;
        DueTime = message.DueTime?.ToDateTimeOffset();
        RemindTime = message.RemindTime?.ToDateTimeOffset();
        AssigneeId = message.AssigneeId.ToIdOrNull();
        // A call that is written down has taken place, unless it is one of the future.
        var unsaid = Kind == V1.ActivityKind.Task || OccurTime > now ? V1.ActivityStatus.Open : V1.ActivityStatus.Done;
        Status = message.Status == V1.ActivityStatus.Unspecified ? unsaid : message.Status;
        CompleteTime = Status == V1.ActivityStatus.Done ? CompleteTime ?? now : null;
    }
}
