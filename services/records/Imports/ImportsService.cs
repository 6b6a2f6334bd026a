using Grpc.Core;
using Platform.Access;
using Platform.Common.V1;
using Platform.Errors;
using Platform.Importing.Reading;

namespace Platform.Records.Imports;

/// <summary>The RPC table of imports.</summary>
internal sealed class ImportsService(ImportRecords import) : V1.ImportsService.ImportsServiceBase
{
    [Permission(Permissions.Import)]
    public override async Task ImportRecords(IAsyncStreamReader<V1.ImportRecordsRequest> requestStream, IServerStreamWriter<ImportResponse> responseStream, ServerCallContext context)
    {
        var content = new RequestContent<V1.ImportRecordsRequest>(requestStream, request => request.Content);
        var first = await content.OpenAsync(context.CancellationToken);
        await import.Handle(first.Object, first.Options ?? new ImportOptions(), new ImportFile(new LimitedContent(content.ReadAsync), null), responseStream.WriteAsync, context.CancellationToken).Reply();
    }
}
