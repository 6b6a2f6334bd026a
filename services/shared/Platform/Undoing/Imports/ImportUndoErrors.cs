using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Undoing.Imports;

/// <summary>Why an import is not taken back, whichever service has it.</summary>
public static class ImportUndoErrors
{
    /// <summary>It is still under way.</summary>
    public static readonly Error Running = Error.Precondition("IMPORT_RUNNING", "The import is still under way: take it back when it has ended.");

    /// <summary>It was, or is at this moment.</summary>
    public static readonly Error Once = Error.Precondition("IMPORT_UNDONE", "An import is taken back once, and this one was, or is at this moment.");

    /// <summary>It was, while it was under way: said to the import.</summary>
    public static readonly Error TakenBack = Error.Precondition("IMPORT_UNDONE", "The import was taken back while it was under way: send the file again.");

    /// <summary>The caller may not write all of its records.</summary>
    public static readonly Error Denied = new(Google.Rpc.Code.PermissionDenied, "DENIED_BY_POLICY", "Policies do not let you change or delete some of the records that this import wrote: ask somebody who may.");

    /// <summary>There is none of that id.</summary>
    public static Error NotFound(string id) => Error.NotFound("import", id);

    /// <summary>It is too long ago.</summary>
    public static Error TooLate(TimeSpan within) =>
        Error.Precondition("UNDO_TOO_LATE", Say($"An import can be taken back for {within.TotalDays:0} days; what its records held before is deleted since."));
}
