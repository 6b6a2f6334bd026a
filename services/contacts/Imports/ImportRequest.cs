using System.Text;
using Platform.Contacts.Imports.Reading;
using Platform.Errors;

namespace Platform.Contacts.Imports;

/// <summary>What a REST import asks for, beside the file.</summary>
internal sealed record ImportRequest(V1.ImportOptions Options, Encoding? Encoding)
{
    private static readonly string[] MediaTypes = ["text/csv", "text/plain", "text/tab-separated-values", "application/csv", "application/vnd.ms-excel", "application/octet-stream"];

    public static Result<ImportRequest> Read(HttpRequest request)
    {
        if (request.Query.Keys.FirstOrDefault(key => key != "target") is { } unknown)
            return Error.Invalid(unknown, "There is no such parameter.");
        V1.ImportTarget? target = request.Query["target"].ToString() switch
        {
            "" or "people" => V1.ImportTarget.People,
            "companies" => V1.ImportTarget.Companies,
            "leads" => V1.ImportTarget.Leads,
            _ => null,
        };
        if (target is null)
            return Error.Invalid("target", "Use people, companies or leads.");
        if (request.ContentLength > ImportLimits.MaxBytes)
            return ImportErrors.TooLarge;
        var type = request.GetTypedHeaders().ContentType;
        if (type is not null && !MediaTypes.Contains(type.MediaType.Value, StringComparer.OrdinalIgnoreCase))
            return Unsupported("Send the file itself as the body, as text/csv.");
        // Clients add UTF-8 without looking: that is no declaration.
        if (type?.Charset.Value is not { Length: > 0 } charset || charset.Trim('"').Equals("utf-8", StringComparison.OrdinalIgnoreCase))
            return new ImportRequest(new V1.ImportOptions { Target = target.Value }, null);
        return EncodingGuess.Find(charset.Trim('"')) is { } encoding
            ? new ImportRequest(new V1.ImportOptions { Target = target.Value }, encoding)
            : Unsupported("There is no such charset.");
    }

    private static Error Unsupported(string message) =>
        new(Google.Rpc.Code.InvalidArgument, "UNSUPPORTED_MEDIA_TYPE", message) { HttpStatus = StatusCodes.Status415UnsupportedMediaType };
}
