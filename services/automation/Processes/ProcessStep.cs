using Google.Protobuf.WellKnownTypes;
using Platform.Auditing;
using Platform.Data;

namespace Platform.Automation.Processes;

/// <summary>One step of a process; a repeated attempt is the same step.</summary>
[NotAudited("Is the record of what a process did; what its steps changed is in the entries of that.")]
internal sealed class ProcessStep : Entity
{
    public Guid ProcessId { get; private init; }

    /// <summary>Unique within the process: <c>send-email-2</c> is the second e-mail, not a second attempt.</summary>
    public string Name { get; private init; } = "";

    public V1.StepStatus Status { get; private set; } = V1.StepStatus.Running;

    public int Attempts { get; private set; }

    public string ResultType { get; private set; } = "";

    public string ResultId { get; private set; } = "";

    public string Error { get; private set; } = "";

    public bool Compensation { get; private init; }

    public DateTimeOffset? EndTime { get; private set; }

    public static ProcessStep Create(Guid processId, string name, bool compensation, DateTimeOffset now) =>
        new() { ProcessId = processId, Name = name, Compensation = compensation, CreateTime = now, UpdateTime = now };

    public void Begin(DateTimeOffset now)
    {
        Attempts++;
        (Status, EndTime, UpdateTime) = (V1.StepStatus.Running, null, now);
    }

    /// <summary>The step made something and is not at its end: word of it comes later.</summary>
    public void Make(string resultType, string resultId, DateTimeOffset now) => (ResultType, ResultId, Error, UpdateTime) = (resultType, resultId, "", now);

    public void Complete(string resultType, string resultId, DateTimeOffset now) =>
        (Status, ResultType, ResultId, Error, EndTime, UpdateTime) = (V1.StepStatus.Completed, resultType, resultId, "", now, now);

    public void Fail(string error, DateTimeOffset now) => (Status, Error, EndTime, UpdateTime) = (V1.StepStatus.Failed, error, now, now);

    public V1.ProcessStep ToMessage() => new()
    {
        Name = Name,
        Status = Status,
        Attempts = Attempts,
        ResultType = ResultType,
        ResultId = ResultId,
        Error = Error,
        Compensation = Compensation,
        StartTime = CreateTime.ToTimestamp(),
        EndTime = EndTime.ToTimestampOrNull(),
    };
}
