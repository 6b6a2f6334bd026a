using Google.Protobuf.WellKnownTypes;
using Platform.Data;
using Platform.Errors;

namespace Platform.Pipelines.Pipelines;

/// <summary>A way that deals go, with its stages.</summary>
internal sealed class Pipeline : Entity
{
    public string Name { get; private set; } = "";

    public bool IsDefault { get; private set; }

    public DateTimeOffset? ArchiveTime { get; private set; }

    /// <summary>Whose it is; everybody's where there are none.</summary>
    public List<Guid> TeamIds { get; private set; } = [];

    /// <summary>Stages, loss reasons, and what else the company said of it.</summary>
    public V1.Pipeline Definition { get; private set; } = new();

    public bool IsArchived => ArchiveTime is not null;

    /// <param name="message">What was said of it, complete: see <see cref="StageList.Complete"/>.</param>
    /// <param name="now">When.</param>
    public static Result<Pipeline> Create(V1.Pipeline message, DateTimeOffset now)
    {
        var pipeline = new Pipeline { CreateTime = now };
        return pipeline.Update(message, now) is { } error ? error : pipeline;
    }

    /// <summary>Null where it went well.</summary>
    public Error? Update(V1.Pipeline message, DateTimeOffset now)
    {
        var stages = StageList.Arrange(Definition.Stages, message.Stages);
        if (stages.IsError)
            return stages.Error;
        var reasons = LossReasons.Arrange(Definition.LossReasons, message.LossReasons);
        if (reasons.IsError)
            return reasons.Error;
        if (stages.Value.Count > PipelineErrors.MaxEver)
            return PipelineErrors.TooManyStages;
        if (reasons.Value.Count > PipelineErrors.MaxEver)
            return PipelineErrors.TooManyReasons;
        List<Guid> teams = [.. message.TeamIds.Select(Guid.Parse).Distinct()];
        if (IsDefault && teams.Count > 0)
            return PipelineErrors.IsDefault;
        (Name, TeamIds) = (message.Name.Trim(), teams);
        Definition = new V1.Pipeline { Stages = { stages.Value }, LossReasons = { reasons.Value }, RequiresLossReason = message.RequiresLossReason };
        UpdateTime = now;
        return null;
    }

    public void Promote(DateTimeOffset now) => (IsDefault, UpdateTime) = (true, now);

    public void Demote(DateTimeOffset now) => (IsDefault, UpdateTime) = (false, now);

    public void Archive(DateTimeOffset now)
    {
        // Read back, because UpdateTime has the precision of PostgreSQL.
        UpdateTime = now;
        ArchiveTime = UpdateTime;
    }

    public void Unarchive(DateTimeOffset now) => (ArchiveTime, UpdateTime) = (null, now);

    public V1.Pipeline ToMessage()
    {
        var message = Definition.Clone();
        (message.Id, message.Etag, message.Name, message.IsDefault) = (Id.ToString(), Etag, Name, IsDefault);
        message.TeamIds.Add(TeamIds.Select(team => team.ToString()));
        (message.ArchiveTime, message.CreateTime, message.UpdateTime) = (ArchiveTime.ToTimestampOrNull(), CreateTime.ToTimestamp(), UpdateTime.ToTimestamp());
        return message;
    }
}
