using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Platform.Data;
using Platform.Errors;

namespace Platform.Undoing.Imports;

/// <summary>A file that was imported, and how far it is taken back; each service adds what it was imported into.</summary>
public abstract class FileImport : Entity
{
    // An import that has written nothing for so long has lost its process.
    private static readonly TimeSpan Lost = TimeSpan.FromMinutes(10);

    /// <summary>How far it is.</summary>
    public FileImportState State { get; private set; } = FileImportState.Running;

    /// <summary>Id of the person who imported; empty where it was none.</summary>
    public string ImportedBy { get; init; } = "";

    /// <summary>How many records it made.</summary>
    public long RecordsCreated { get; private set; }

    /// <summary>How often it changed a record that was there.</summary>
    public long RecordsUpdated { get; private set; }

    /// <summary>When it ended, whatever ended it.</summary>
    public DateTimeOffset? EndTime { get; private set; }

    /// <summary>Id of the person who took it back; empty where it was none, or nobody did.</summary>
    public string UndoneBy { get; private set; } = "";

    /// <summary>When somebody began to take it back; null where nobody did.</summary>
    public DateTimeOffset? UndoTime { get; private set; }

    /// <summary>When it was taken back.</summary>
    public DateTimeOffset? UndoEndTime { get; private set; }

    /// <summary>How many records there were to take back.</summary>
    public long UndoTotal { get; private set; }

    /// <summary>Of those: what it had made, and is gone.</summary>
    public long Deleted { get; private set; }

    /// <summary>What is as it was before it.</summary>
    public long Restored { get; private set; }

    /// <summary>What was left as it is.</summary>
    public long Kept { get; private set; }

    /// <summary>Why nobody can begin to take it back; null where somebody can.</summary>
    public Error? RefusesUndo(TimeSpan within, DateTimeOffset now) =>
        State is FileImportState.Undoing or FileImportState.Undone ? ImportUndoErrors.Once
        : now >= CreateTime + within ? ImportUndoErrors.TooLate(within)
        : State == FileImportState.Running && now < UpdateTime + Lost ? ImportUndoErrors.Running : null;

    /// <summary>Somebody takes it back.</summary>
    public void BeginUndo(string by, long records, DateTimeOffset now) =>
        (State, UndoneBy, UndoTotal, UndoTime, EndTime, UpdateTime) = (FileImportState.Undoing, by, records, now, EndTime ?? now, now);

    /// <summary>It is taken back.</summary>
    public void EndUndo(DateTimeOffset now) => (State, UndoEndTime, UpdateTime) = (FileImportState.Undone, now, now);
}

/// <summary>How far an import is. The contracts' ImportState has the same numbers.</summary>
public enum FileImportState
{
    /// <summary>Rows are coming in.</summary>
    Running = 1,

    /// <summary>It has ended, whatever ended it.</summary>
    Done = 2,

    /// <summary>It is being taken back.</summary>
    Undoing = 3,

    /// <summary>It was taken back.</summary>
    Undone = 4,
}

/// <summary>Mapping that imports have in every service.</summary>
public static class FileImportConfiguration
{
    /// <summary>The table of imports.</summary>
    public static EntityTypeBuilder<T> IsImport<T>(this EntityTypeBuilder<T> builder)
        where T : FileImport
    {
        builder.IsResource("imports");
        builder.Property(import => import.State).HasConversion<string>();
        return builder;
    }
}
