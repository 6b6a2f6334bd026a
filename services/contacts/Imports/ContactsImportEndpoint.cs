using Platform.Errors;
using Platform.Importing;

namespace Platform.Contacts.Imports;

/// <summary>The import over REST.</summary>
internal static class ContactsImportEndpoint
{
    public static void MapImports(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGrpcService<ImportsService>();
        endpoints.MapImport("/api/v1/contacts/imports", Permissions.Import, ImportAsync);
    }

    private static async Task ImportAsync(HttpContext context, ImportContacts import)
    {
        var request = ImportRequest.Read(context.Request);
        if (request.IsError)
            await Problems.WriteAsync(context, request.Error.ToProblem());
        else
            await ImportEndpoint.AnswerAsync<V1.ImportContactsResponse, V1.ImportSummary>(
                context, (content, tell) => import.Handle(content, request.Value.Options, request.Value.Encoding, tell, context.RequestAborted));
    }
}
