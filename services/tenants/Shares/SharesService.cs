using Grpc.Core;
using Platform.Access;
using Platform.Errors;

namespace Platform.Tenants.Shares;

/// <summary>The RPC table of the shares of limits.</summary>
internal sealed class SharesService(ShareLedger ledger) : V1.SharesService.SharesServiceBase
{
    [Permission(Permissions.Provision)]
    public override Task<V1.TakeShareResponse> TakeShare(V1.TakeShareRequest request, ServerCallContext context) =>
        Shares.TakeShare.Handle(request, ledger, context.CancellationToken).Reply();
}
