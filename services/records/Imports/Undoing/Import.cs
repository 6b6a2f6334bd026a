using Google.Protobuf.WellKnownTypes;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Access;
using Platform.Auditing;
using Platform.Data;
using Platform.Undoing.Imports;

namespace Platform.Records.Imports.Undoing;

/// <summary>A file that was imported into an object, and how far it is taken back.</summary>
[NotAudited("The records that it made or changed are in the log, and so is that somebody takes it back.")]
internal sealed class Import : FileImport
{
    public string ObjectKey { get; init; } = "";

    public static void Map(EntityTypeBuilder<Import> builder) => builder.IsImport().HasIndex(import => new { import.TenantId, import.ObjectKey, import.Id });

    public static Import Begin(string objectKey, string by, DateTimeOffset now) => new() { ObjectKey = objectKey, ImportedBy = by, CreateTime = now, UpdateTime = now };

    public V1.Import ToMessage(TimeSpan within, IEnumerable<ImportedRecord> kept) => new()
    {
        Id = Id.ToString(),
        Resource = ResourceCatalogue.ObjectPrefix + ObjectKey,
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
            KeptRecords = { kept.Select(record => new V1.KeptRecord { Id = record.RecordId.ToString(), Reason = record.Reason ?? "" }) },
            RequestedBy = UndoneBy,
            RequestTime = asked.ToTimestamp(),
            EndTime = UndoEndTime.ToTimestampOrNull(),
        },
    };
}
