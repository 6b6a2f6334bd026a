using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;
using Platform.Auditing;
using Platform.Data;

namespace Platform.Records.Imports.Undoing;

/// <summary>A file that was imported into an object, and how far it is taken back.</summary>
[NotAudited("The records that it made or changed are in the log, and so is that somebody takes it back.")]
internal sealed class Import : Entity
{
    public string ObjectKey { get; init; } = "";

    public V1.ImportState State { get; private set; } = V1.ImportState.Running;

    /// <summary>Id of the person who imported; empty where it was none.</summary>
    public string ImportedBy { get; init; } = "";

    public long RecordsCreated { get; private set; }

    public long RecordsUpdated { get; private set; }

    public DateTimeOffset? EndTime { get; private set; }

    public string UndoneBy { get; private set; } = "";

    public DateTimeOffset? UndoTime { get; private set; }

    public DateTimeOffset? UndoEndTime { get; private set; }

    /// <summary>How many records there were to take back.</summary>
    public long UndoTotal { get; private set; }

    public long Deleted { get; private set; }

    public long Restored { get; private set; }

    public long Kept { get; private set; }

    public static void Map(EntityTypeBuilder<Import> builder)
    {
        builder.IsResource("imports");
        builder.Property(import => import.State).HasConversion<string>();
        builder.HasIndex(import => new { import.TenantId, import.ObjectKey, import.Id });
    }

    public static Import Begin(string objectKey, string by, DateTimeOffset now) => new() { ObjectKey = objectKey, ImportedBy = by, CreateTime = now, UpdateTime = now };

    public void BeginUndo(string by, long records, DateTimeOffset now) =>
        (State, UndoneBy, UndoTotal, UndoTime, EndTime, UpdateTime) = (V1.ImportState.Undoing, by, records, now, EndTime ?? now, now);

    public void EndUndo(DateTimeOffset now) => (State, UndoEndTime, UpdateTime) = (V1.ImportState.Undone, now, now);

    public V1.Import ToMessage(TimeSpan within, IEnumerable<ImportedRecord> kept) => new()
    {
        Id = Id.ToString(),
        Resource = ResourceCatalogue.ObjectPrefix + ObjectKey,
        State = State,
        RecordsCreated = RecordsCreated,
        RecordsUpdated = RecordsUpdated,
        ImportedBy = ImportedBy,
        CreateTime = CreateTime.ToTimestamp(),
        EndTime = EndTime.ToTimestampOrNull(),
        UndoTimeLimit = (CreateTime + within).ToTimestamp(),
        Undo = UndoTime is not { } asked ? null : new V1.ImportUndo
        {
            Done = Deleted + Restored + Kept,
            Total = UndoTotal,
            Deleted = Deleted,
            Restored = Restored,
            Kept = Kept,
            KeptRecords = { kept.Select(record => new V1.KeptRecord { Id = record.RecordId.ToString(), Reason = record.Reason ?? "" }) },
            RequestedBy = UndoneBy,
            RequestTime = asked.ToTimestamp(),
            EndTime = UndoEndTime.ToTimestampOrNull(),
        },
    };
}
