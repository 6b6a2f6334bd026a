using Grpc.Core;
using Microsoft.Extensions.Options;
using Platform.Access;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Importing.Reading;

namespace Platform.Contacts.Imports;

/// <summary>The RPC table of imports.</summary>
internal sealed class ImportsService(ImportContacts import, ContactsDbContext db, CustomFieldDirectory fields, TimeProvider time, IOptions<ContactsOptions> options) : V1.ImportsService.ImportsServiceBase
{
    [Permission(Permissions.Import)]
    public override async Task ImportContacts(IAsyncStreamReader<V1.ImportContactsRequest> requestStream, IServerStreamWriter<V1.ImportContactsResponse> responseStream, ServerCallContext context)
    {
        var content = new RequestContent<V1.ImportContactsRequest>(requestStream, request => request.Content);
        var first = await content.OpenAsync(context.CancellationToken);
        await import.Handle(new LimitedContent(content.ReadAsync), first.Options ?? new V1.ImportOptions(), declared: null, responseStream.WriteAsync, context.CancellationToken).Reply();
    }

    [Permission(Permissions.Import)]
    public override Task<V1.ListImportsResponse> ListImports(V1.ListImportsRequest request, ServerCallContext context) =>
        Undoing.ListImports.Handle(request, db, options, context.CancellationToken).Reply();

    [Permission(Permissions.Import)]
    public override Task<V1.Import> GetImport(V1.GetImportRequest request, ServerCallContext context) =>
        Undoing.GetImport.Handle(request, db, options, context.CancellationToken).Reply();

    [Permission(Permissions.Import)]
    public override Task<V1.Import> UndoImport(V1.UndoImportRequest request, ServerCallContext context) =>
        Undoing.UndoImport.Handle(request, db, fields, time, options, context.CancellationToken).Reply();
}
