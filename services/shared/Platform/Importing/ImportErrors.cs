using Google.Rpc;
using Microsoft.AspNetCore.Http;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Importing;

/// <summary>Why a whole file is refused.</summary>
public static class ImportErrors
{
    internal static readonly Error EmptyFile = Refused("EMPTY_FILE", "The file is empty: its first line must name the columns.");

    internal static readonly Error NotText = Refused("NOT_TEXT", "This is no text file; of an Excel workbook, save the sheet as CSV (UTF-8).");

    internal static readonly Error BrokenHeader = Refused("BROKEN_HEADER", "The first line, which names the columns, is too long, has unclosed quotes or is not readable in the file's encoding.");

    /// <summary>The file is larger than an import takes.</summary>
    public static Error TooLarge =>
        Refused("BODY_TOO_LARGE", Say($"An import takes {ImportLimits.MaxBytes / 1024 / 1024} MiB: split the file. The rows before that place were imported.")) with { HttpStatus = StatusCodes.Status413PayloadTooLarge };

    /// <summary>Columns cannot be understood without the company's fields.</summary>
    public static readonly Error MetadataUnavailable =
        new(Code.Unavailable, "METADATA_UNAVAILABLE", "What custom fields your company has cannot be asked right now: try again in a moment.");

    /// <summary>The columns do not suffice.</summary>
    /// <param name="needed">What is needed: <c>a column 'Name'</c>.</param>
    /// <param name="found">The header.</param>
    public static Error MissingColumns(string needed, IEnumerable<string> found) =>
        Refused("MISSING_COLUMNS", Say($"The file needs {needed}. Found: {List(found)}. No row was imported."));

    internal static Error DuplicateColumns(IEnumerable<string> names) =>
        Refused("DUPLICATE_COLUMNS", Say($"These columns stand more than once in the header: {List(names)}. No row was imported."));

    private static Error Refused(string code, string message) => new(Code.InvalidArgument, code, message);

    private static string List(IEnumerable<string> names) =>
        string.Join(", ", names.Take(50).Select(name => $"'{(name.Length > 60 ? $"{name[..60]}…" : name)}'")) is { Length: > 0 } list ? list : "nothing";
}
