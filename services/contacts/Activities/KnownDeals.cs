using Grpc.Core;
using Platform.Deals.V1;
using Platform.Errors;

namespace Platform.Contacts.Activities;

/// <summary>Asks the deals domain, as the caller, whether a deal is there.</summary>
internal sealed class KnownDeals(DealsService.DealsServiceClient deals)
{
    /// <summary>Whether there is a deal of that id that the caller may see; fails where that cannot be asked.</summary>
    public async Task<bool> HasAsync(Guid id, CancellationToken cancellationToken)
    {
        try
        {
            await deals.GetDealAsync(new GetDealRequest { Id = id.ToString() }, cancellationToken: cancellationToken);
            return true;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode switch
            {
                StatusCode.NotFound => false,
                StatusCode.PermissionDenied => throw Error.PermissionDenied("deals.read").ToRpcException(),
                _ => throw ActivityErrors.DealsUnavailable.ToRpcException(),
            };
        }
    }
}
