using Grpc.Core;
using Platform.Access;
using Platform.Contacts.Imports.Reading;
using Platform.Errors;

namespace Platform.Contacts.Imports;

/// <summary>The RPC table of imports.</summary>
internal sealed class ImportsService(ImportContacts import) : V1.ImportsService.ImportsServiceBase
{
    [Permission(Permissions.Import)]
    public override async Task ImportContacts(IAsyncStreamReader<V1.ImportContactsRequest> requestStream, IServerStreamWriter<V1.ImportContactsResponse> responseStream, ServerCallContext context)
    {
        var content = new RequestContent(requestStream);
        var options = await content.OpenAsync(context.CancellationToken);
        await import.Handle(new LimitedStream(content.ReadAsync), options, declared: null, responseStream.WriteAsync, context.CancellationToken).Reply();
    }
}
