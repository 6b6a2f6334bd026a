using Google.Protobuf.WellKnownTypes;
using Platform.Data;

namespace Platform.Automation.Processes;

/// <summary>A saga as people see it; the workflow engine has its own history.</summary>
internal sealed class Process : Entity
{
    public string Type { get; private init; } = "";

    public string SubjectType { get; private init; } = "";

    public Guid SubjectId { get; private init; }

    public V1.ProcessStatus Status { get; private set; } = V1.ProcessStatus.Running;

    public string Error { get; private set; } = "";

    /// <summary>Id of the person who caused it; empty where nobody is known.</summary>
    public string CausedBy { get; private init; } = "";

    public DateTimeOffset? EndTime { get; private set; }

    public List<ProcessStep> Steps { get; private init; } = [];

    public static Process Start(string type, string subjectType, Guid subjectId, DateTimeOffset now, string causedBy = "") =>
        new() { Type = type, SubjectType = subjectType, SubjectId = subjectId, CausedBy = causedBy, CreateTime = now, UpdateTime = now };

    /// <summary>Ends the process; false when it had ended already.</summary>
    public bool End(V1.ProcessStatus status, string error, DateTimeOffset now)
    {
        if (Status != V1.ProcessStatus.Running)
            return false;
        (Status, Error, EndTime, UpdateTime) = (status, error, now, now);
        return true;
    }

    public V1.Process ToMessage()
    {
        var message = new V1.Process
        {
            Id = Id.ToString(),
            Type = Type,
            SubjectType = SubjectType,
            SubjectId = SubjectId.ToString(),
            Status = Status,
            Error = Error,
            CreateTime = CreateTime.ToTimestamp(),
            EndTime = EndTime.ToTimestampOrNull(),
        };
        message.Steps.AddRange(Steps.OrderBy(step => step.Id).Select(step => step.ToMessage()));
        return message;
    }
}
