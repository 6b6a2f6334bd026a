using Platform.Common.V1;
using Platform.Errors;
using Platform.Importing;

namespace Platform.Records.Imports;

/// <summary>The import over REST.</summary>
internal static class RecordsImportEndpoint
{
    private const string Match = "match";

    public static void MapImports(this IEndpointRouteBuilder endpoints) => endpoints.MapImport("/api/v1/objects/{plural}:import", Permissions.Import, ImportAsync);

    private static async Task ImportAsync(HttpContext context, string plural, ImportRecords import)
    {
        var body = ImportBody.Read(context.Request, Match);
        if (body.IsError)
        {
            await Problems.WriteAsync(context, body.Error.ToProblem());
            return;
        }

        var options = new ImportOptions { Match = context.Request.Query[Match].ToString(), DryRun = body.Value.IsDry, Sheet = body.Value.Sheet, ErrorFile = body.Value.WantsErrorFile, Header = body.Value.WantsHeader, Columns = { body.Value.Columns } };
        await ImportEndpoint.AnswerAsync<ImportResponse, ImportSummary>(
            context, message => message.ErrorFile, (content, tell) => import.Handle(plural, options, new ImportFile(content, body.Value.Encoding), tell, context.RequestAborted));
    }
}
