using Google.Rpc;
using Microsoft.AspNetCore.Http;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Importing;

/// <summary>Why a whole file is refused.</summary>
public static class ImportErrors
{
    internal static readonly Error EmptyFile = Refused("EMPTY_FILE", "The file is empty: its first line must name the columns.");

    internal static readonly Error NotText = Refused("NOT_TEXT", "This is neither a text file nor an Excel workbook: send CSV (UTF-8), .xlsx or .xls.");

    internal static readonly Error ProtectedWorkbook = Refused("PROTECTED_WORKBOOK", "The workbook is protected by a password: save it without one.");

    internal static readonly Error BrokenWorkbook = Refused("BROKEN_WORKBOOK", "The workbook cannot be read: open it in a spreadsheet program and save it again, or as CSV (UTF-8).");

    internal static readonly Error NoSheets = Refused("NO_SUCH_SHEET", "Only a workbook has sheets: leave the sheet out.");

    internal static readonly Error BrokenHeader = Refused("BROKEN_HEADER", "The first line, which names the columns, is too long, has unclosed quotes or is not readable in the file's encoding.");

    /// <summary>The file is larger than an import takes.</summary>
    public static Error TooLarge =>
        Refused("BODY_TOO_LARGE", Say($"An import takes {ImportLimits.MaxBytes / 1024 / 1024} MiB: split the file. The rows before that place were imported.")) with { HttpStatus = StatusCodes.Status413PayloadTooLarge };

    internal static Error WorkbookTooLarge =>
        Refused("BODY_TOO_LARGE", Say($"The workbook is too large: an import takes {ImportLimits.MaxBytes / 1024 / 1024} MiB. Split it, or save the sheet as CSV (UTF-8). No row was imported.")) with { HttpStatus = StatusCodes.Status413PayloadTooLarge };

    /// <summary>The columns do not suffice.</summary>
    /// <param name="needed">What is needed: <c>a column 'Name'</c>.</param>
    /// <param name="found">The header.</param>
    public static Error MissingColumns(string needed, IEnumerable<string> found) =>
        Refused("MISSING_COLUMNS", Say($"The file needs {needed}. Found: {List(found)}. No row was imported."));

    internal static Error NoSuchSheet(string sheet, IEnumerable<string> names) =>
        Refused("NO_SUCH_SHEET", Say($"The workbook has no sheet '{sheet}'. Found: {List(names)}."));

    internal static Error BrokenBehind(long line) =>
        Refused("BROKEN_WORKBOOK", Say($"The workbook cannot be read behind row {line}: open it in a spreadsheet program and save it again. The rows before that place were imported."));

    internal static string CellError(string error) => Say($"The cell has the error {error} instead of a value.");

    internal static Error DuplicateColumns(IEnumerable<string> names) =>
        Refused("DUPLICATE_COLUMNS", Say($"These columns stand more than once in the header: {List(names)}. No row was imported."));

    private static Error Refused(string code, string message) => new(Code.InvalidArgument, code, message);

    private static string List(IEnumerable<string> names) =>
        string.Join(", ", names.Take(50).Select(name => $"'{(name.Length > 60 ? $"{name[..60]}…" : name)}'")) is { Length: > 0 } list ? list : "nothing";
}
