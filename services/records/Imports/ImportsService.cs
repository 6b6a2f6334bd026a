using Grpc.Core;
using Microsoft.Extensions.Options;
using Platform.Access;
using Platform.Common.V1;
using Platform.CustomFields;
using Platform.Errors;
using Platform.Importing.Reading;

namespace Platform.Records.Imports;

/// <summary>The RPC table of imports.</summary>
internal sealed class ImportsService(ImportRecords import, RecordsDbContext db, CustomFieldDirectory fields, IOptions<RecordOptions> options, TimeProvider time) : V1.ImportsService.ImportsServiceBase
{
    [Permission(Permissions.Import)]
    public override async Task ImportRecords(IAsyncStreamReader<V1.ImportRecordsRequest> requestStream, IServerStreamWriter<ImportResponse> responseStream, ServerCallContext context)
    {
        var content = new RequestContent<V1.ImportRecordsRequest>(requestStream, request => request.Content);
        var first = await content.OpenAsync(context.CancellationToken);
        await import.Handle(first.Object, first.Options ?? new ImportOptions(), new ImportFile(new LimitedContent(content.ReadAsync), null), responseStream.WriteAsync, context.CancellationToken).Reply();
    }

    [Permission(Permissions.Import)]
    public override Task<V1.ListImportsResponse> ListImports(V1.ListImportsRequest request, ServerCallContext context) =>
        Undoing.ListImports.Handle(request, db, fields, options.Value, context.CancellationToken).Reply();

    [Permission(Permissions.Import)]
    public override Task<V1.Import> GetImport(V1.GetImportRequest request, ServerCallContext context) =>
        Undoing.GetImport.Handle(request, db, fields, options.Value, context.CancellationToken).Reply();

    [Permission(Permissions.Import)]
    public override Task<V1.Import> UndoImport(V1.UndoImportRequest request, ServerCallContext context) =>
        Undoing.UndoImport.Handle(request, db, fields, options.Value, time, context.CancellationToken).Reply();
}
