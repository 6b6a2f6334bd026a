using Grpc.Core;
using Platform.Deals.V1;

namespace Contacts.Tests;

/// <summary>Stands for the deals service, which is another process: knows one deal, whoever asks.</summary>
internal sealed class DealsStandIn : DealsService.DealsServiceClient
{
    public static readonly string Known = Guid.CreateVersion7().ToString();

    /// <summary>Whoever asks for this finds deals away.</summary>
    public static readonly string Unreachable = Guid.CreateVersion7().ToString();

    public override AsyncUnaryCall<Deal> GetDealAsync(GetDealRequest request, CallOptions options)
    {
        var status = request.Id == Known ? Status.DefaultSuccess : new Status(request.Id == Unreachable ? StatusCode.Unavailable : StatusCode.NotFound, "");
        var response = status.StatusCode == StatusCode.OK ? Task.FromResult(new Deal { Id = request.Id }) : Task.FromException<Deal>(new RpcException(status));
        return new AsyncUnaryCall<Deal>(response, Task.FromResult(new Metadata()), () => status, () => [], () => { });
    }
}
