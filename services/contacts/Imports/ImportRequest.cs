using System.Globalization;
using System.Text;
using Platform.Errors;
using Platform.Importing;

namespace Platform.Contacts.Imports;

/// <summary>What a REST import asks for, beside the file.</summary>
internal sealed record ImportRequest(V1.ImportOptions Options, Encoding? Encoding)
{
    public static Result<ImportRequest> Read(HttpRequest request)
    {
        V1.ImportTarget? target = request.Query["target"].ToString() switch
        {
            "" or "people" => V1.ImportTarget.People,
            "companies" => V1.ImportTarget.Companies,
            "leads" => V1.ImportTarget.Leads,
            _ => null,
        };
        if (target is null)
            return Error.Invalid("target", "Use people, companies or leads.");
        V1.ImportDuplicates? duplicates = request.Query["duplicates"].ToString() switch
        {
            "" => V1.ImportDuplicates.Unspecified,
            "create" => V1.ImportDuplicates.Create,
            "warn" => V1.ImportDuplicates.Warn,
            "skip" => V1.ImportDuplicates.Skip,
            "fill" => V1.ImportDuplicates.Fill,
            _ => null,
        };
        if (duplicates is null)
            return Error.Invalid("duplicates", "Use create, warn, skip or fill, or leave it out.");
        var score = 0;
        if (request.Query["duplicateScore"].ToString() is { Length: > 0 } text && !(int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out score) && score is > 0 and <= 100))
            return Error.Invalid("duplicateScore", "Use 1 to 100, or leave it out.");
        var body = ImportBody.Read(request, "target", "duplicates", "duplicateScore");
        return body.IsError
            ? body.Error
            : new ImportRequest(new V1.ImportOptions { Target = target.Value, Duplicates = duplicates.Value, DuplicateScore = score, DryRun = body.Value.IsDry, Sheet = body.Value.Sheet, ErrorFile = body.Value.WantsErrorFile, Header = body.Value.WantsHeader, Columns = { body.Value.Columns } }, body.Value.Encoding);
    }
}
