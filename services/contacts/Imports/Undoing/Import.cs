using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Auditing;
using Platform.Data;
using Platform.Undoing.Imports;

namespace Platform.Contacts.Imports.Undoing;

/// <summary>A file that was imported, and how far it is taken back.</summary>
[NotAudited("The records that it made or changed are in the log, and so is that somebody takes it back.")]
internal sealed class Import : FileImport
{
    public V1.ImportTarget Target { get; init; }

    public static void Map(EntityTypeBuilder<Import> builder) => builder.IsImport().Property(import => import.Target).HasConversion<string>();

    public static Import Begin(V1.ImportTarget target, string by, DateTimeOffset now) => new()
    {
        Target = target == V1.ImportTarget.Unspecified ? V1.ImportTarget.People : target,
        ImportedBy = by,
        CreateTime = now,
        UpdateTime = now,
    };

    public V1.Import ToMessage(TimeSpan within, IEnumerable<ImportedRecord> kept) => new()
    {
        Id = Id.ToString(),
        Target = Target,
        State = (V1.ImportState)State,
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
            KeptRecords = { kept.Select(record => record.ToMessage()) },
            RequestedBy = UndoneBy,
            RequestTime = asked.ToTimestamp(),
            EndTime = UndoEndTime.ToTimestampOrNull(),
        },
    };
}
