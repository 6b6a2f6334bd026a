using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Data;

namespace Platform.Bulk;

/// <summary>Work on many records, and how far it is.</summary>
[NotAudited("The records that it changes are in the log, and so is that somebody begins it or takes it back.")]
internal sealed class BulkJob : Entity
{
    public string Resource { get; init; } = "";

    public V1.BulkOperation Operation { get; init; }

    public V1.BulkState State { get; private set; } = V1.BulkState.Queued;

    public string Filter { get; set; } = "";

    /// <summary>Id of whoever began it.</summary>
    public string StartedBy { get; init; } = "";

    /// <summary>What is done: a <see cref="V1.BulkTask"/>.</summary>
    public byte[] Task { get; set; } = [];

    /// <summary>With whose rights: a <see cref="V1.BulkActor"/>.</summary>
    public byte[] Actor { get; init; } = [];

    public long Total { get; private set; }

    public long Done { get; private set; }

    public long Failed { get; private set; }

    public long Skipped { get; private set; }

    public DateTimeOffset? StartTime { get; private set; }

    public DateTimeOffset? EndTime { get; private set; }

    public string ErrorCode { get; private set; } = "";

    public string ErrorText { get; private set; } = "";

    public string UndoneBy { get; private set; } = "";

    /// <summary>With whose rights it is taken back; null where nobody does.</summary>
    public byte[]? UndoActor { get; private set; }

    public DateTimeOffset? UndoTime { get; private set; }

    public DateTimeOffset? UndoEndTime { get; private set; }

    public long Restored { get; private set; }

    public long Kept { get; private set; }

    public string FileName { get; private set; } = "";

    public string ContentType { get; private set; } = "";

    public long FileSize { get; private set; }

    /// <summary>Whether what the records held, or the file, is deleted.</summary>
    public bool IsForgotten { get; private set; }

    public bool IsOver => State is not (V1.BulkState.Queued or V1.BulkState.Running or V1.BulkState.Undoing);

    public bool CanBeUndone => Operation != V1.BulkOperation.Export;

    public V1.BulkTask ToTask() => V1.BulkTask.Parser.ParseFrom(Task);

    public V1.BulkActor ToActor() => V1.BulkActor.Parser.ParseFrom(State == V1.BulkState.Undoing ? UndoActor ?? [] : Actor);

    public void Choose(long total) => Total = total;

    public void Begin(DateTimeOffset now) => (State, StartTime, UpdateTime) = (V1.BulkState.Running, StartTime ?? now, now);

    public void BeginAnew() => (Done, Failed, Skipped) = (0, 0, 0);

    public void Count(long done, long failed, long skipped, DateTimeOffset now) => (Done, Failed, Skipped, UpdateTime) = (Done + done, Failed + failed, Skipped + skipped, now);

    public void CountUndone(long restored, long kept, DateTimeOffset now) => (Restored, Kept, UpdateTime) = (Restored + restored, Kept + kept, now);

    public void End(V1.BulkState state, DateTimeOffset now) => (State, EndTime, UpdateTime) = (state, now, now);

    public void Fail(string code, string text, DateTimeOffset now)
    {
        (ErrorCode, ErrorText) = (code, text);
        End(V1.BulkState.Failed, EndTime ?? now);
    }

    public void HasFile(string name, string contentType, long size) => (FileName, ContentType, FileSize) = (name, contentType, size);

    public void BeginUndo(V1.BulkActor actor, DateTimeOffset now) =>
        (State, UndoneBy, UndoActor, UndoTime, UndoEndTime, UpdateTime) = (V1.BulkState.Undoing, actor.Subject, actor.ToByteArray(), now, null, now);

    /// <summary>Some of what was kept is tried once more.</summary>
    public void TakeUp(long kept) => Kept -= kept;

    public void EndUndo(DateTimeOffset now) => (State, UndoEndTime, UpdateTime) = (V1.BulkState.Undone, now, now);

    /// <summary>What was written, and by which values records were found, is personal as well.</summary>
    public void Forget() => (IsForgotten, Task, Filter) = (true, [], "");

    public static void Map(EntityTypeBuilder<BulkJob> builder)
    {
        builder.IsResource("bulk_jobs");
        builder.Property(job => job.Operation).HasConversion<string>();
        builder.Property(job => job.State).HasConversion<string>();
        builder.HasIndex(job => new { job.TenantId, job.StartedBy, job.Id });
    }

    public V1.BulkJob ToMessage(TimeSpan within) => new()
    {
        Id = Id.ToString(),
        Resource = Resource,
        Operation = Operation,
        State = State,
        Filter = Filter,
        StartedBy = StartedBy,
        Total = Total,
        Done = Done,
        Failed = Failed,
        Skipped = Skipped,
        CreateTime = CreateTime.ToTimestamp(),
        StartTime = StartTime.ToTimestampOrNull(),
        EndTime = EndTime.ToTimestampOrNull(),
        UndoTimeLimit = CanBeUndone && (UndoTime is null || (State == V1.BulkState.Undone && Kept > 0)) ? (EndTime + within).ToTimestampOrNull() : null,
        Undo = UndoTime is not { } asked ? null : new V1.BulkUndo
        {
            Total = Done,
            Restored = Restored,
            Kept = Kept,
            RequestedBy = UndoneBy,
            RequestTime = asked.ToTimestamp(),
            EndTime = UndoEndTime.ToTimestampOrNull(),
        },
        File = FileName.Length == 0 ? null : new V1.BulkFile { Name = FileName, ContentType = ContentType, SizeBytes = FileSize, ExpireTime = (EndTime + within).ToTimestampOrNull() },
        ErrorCode = ErrorCode,
        ErrorMessage = ErrorText,
    };
}
