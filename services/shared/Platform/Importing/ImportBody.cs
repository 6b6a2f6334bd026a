using System.Text;
using Microsoft.AspNetCore.Http;
using Platform.Errors;
using Platform.Importing.Reading;
using static Platform.Languages.Wording;

namespace Platform.Importing;

/// <summary>What a REST import says of the file, which is its body.</summary>
/// <param name="Encoding">What the sender named; null where it has to be found out.</param>
/// <param name="Columns">What headers mean that are not known by themselves: the header and the field.</param>
/// <param name="IsDry">Everything is checked and nothing kept.</param>
/// <param name="Sheet">Of a workbook; empty for the first that is visible and has rows.</param>
/// <param name="WantsErrorFile">Rejected rows come back as a file.</param>
/// <param name="WantsHeader">The header and the first rows are told first.</param>
public sealed record ImportBody(Encoding? Encoding, IDictionary<string, string> Columns, bool IsDry, string Sheet, bool WantsErrorFile, bool WantsHeader)
{
    private const string DryRun = "dryRun";
    private const string Column = "column";
    private const string SheetName = "sheet";
    private const string ErrorFile = "errorFile";
    private const string Header = "header";

    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly string[] MediaTypes = ["text/csv", "text/plain", "text/tab-separated-values", "application/csv", "application/vnd.ms-excel", Workbook, "application/octet-stream"];

    /// <summary>Reads the request up to its body.</summary>
    /// <param name="request">The request.</param>
    /// <param name="parameters">Which parameters it may have beside those that every import has.</param>
    public static Result<ImportBody> Read(HttpRequest request, params string[] parameters)
    {
        if (request.Query.Keys.FirstOrDefault(key => key is not (DryRun or Column or SheetName or ErrorFile or Header) && !parameters.Contains(key, StringComparer.Ordinal)) is { } unknown)
            return Error.Invalid(unknown, "There is no such parameter.");
        foreach (var choice in (string[])[DryRun, ErrorFile, Header])
        {
            if (request.Query[choice].ToString() is not ("" or "true" or "false") and var said)
                return Error.Invalid(choice, Say($"Use true or false, not '{said}'."));
        }

        var columns = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var column in request.Query[Column])
        {
            // Headers may have a colon, fields have none.
            if (column?.LastIndexOf(':') is not ({ } colon and > 0))
                return Error.Invalid(Column, "Name a header and the field that it means: column=Score:custom_fields.score.");
            columns[column[..colon]] = column[(colon + 1)..];
        }

        if (request.ContentLength > ImportLimits.MaxBytes)
            return ImportErrors.TooLarge;
        var type = request.GetTypedHeaders().ContentType;
        if (type is not null && !MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            return Unsupported("Send the file itself as the body, as text/csv or as a workbook (.xlsx).");
        var body = new ImportBody(null, columns, request.Query[DryRun] == "true", request.Query[SheetName].ToString(), request.Query[ErrorFile] == "true", request.Query[Header] == "true");
        // Clients add UTF-8 without looking: that is no declaration.
        if (type?.Charset.Value is not { Length: > 0 } charset || charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return body;
        return EncodingGuess.Find(charset.Trim('"')) is { } encoding ? body with { Encoding = encoding } : Unsupported("There is no such charset.");
    }

    private static Error Unsupported(string message) =>
        new(Google.Rpc.Code.InvalidArgument, "UNSUPPORTED_MEDIA_TYPE", message) { HttpStatus = StatusCodes.Status415UnsupportedMediaType };
}
