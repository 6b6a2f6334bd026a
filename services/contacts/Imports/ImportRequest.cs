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
        var body = ImportBody.Read(request, "target");
        return body.IsError
            ? body.Error
            : new ImportRequest(new V1.ImportOptions { Target = target.Value, DryRun = body.Value.IsDry, Columns = { body.Value.Columns } }, body.Value.Encoding);
    }
}
