using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Records.Imports.Undoing;

internal static class UndoErrors
{
    public static readonly Error Running = Error.Precondition("IMPORT_RUNNING", "The import is still under way: take it back when it has ended.");

    public static readonly Error Once = Error.Precondition("IMPORT_UNDONE", "An import is taken back once, and this one was, or is at this moment.");

    public static readonly Error TakenBack = Error.Precondition("IMPORT_UNDONE", "The import was taken back while it was under way: send the file again.");

    public static readonly Error Denied = new(Google.Rpc.Code.PermissionDenied, "DENIED_BY_POLICY", "Policies do not let you change or delete some of the records that this import wrote: ask somebody who may.");

    public static Error NotFound(string id) => Error.NotFound("import", id);

    public static Error TooLate(TimeSpan within) =>
        Error.Precondition("UNDO_TOO_LATE", Say($"An import can be taken back for {within.TotalDays:0} days; what its records held before is deleted since."));
}
