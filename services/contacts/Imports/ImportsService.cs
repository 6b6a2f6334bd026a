using Grpc.Core;
using Platform.Access;
using Platform.Errors;
using Platform.Importing.Reading;

namespace Platform.Contacts.Imports;

/// <summary>The RPC table of imports.</summary>
internal sealed class ImportsService(ImportContacts import) : V1.ImportsService.ImportsServiceBase
{
    [Permission(Permissions.Import)]
    public override async Task ImportContacts(IAsyncStreamReader<V1.ImportContactsRequest> requestStream, IServerStreamWriter<V1.ImportContactsResponse> responseStream, ServerCallContext context)
    {
        var content = new RequestContent<V1.ImportContactsRequest>(requestStream, request => request.Content);
        var first = await content.OpenAsync(context.CancellationToken);
        await import.Handle(new LimitedContent(content.ReadAsync), first.Options ?? new V1.ImportOptions(), declared: null, responseStream.WriteAsync, context.CancellationToken).Reply();
    }
}
