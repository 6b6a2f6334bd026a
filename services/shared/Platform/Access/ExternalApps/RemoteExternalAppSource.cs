using Grpc.Core;
using Platform.Invocation;
using Platform.Tenants.V1;

namespace Platform.Access.ExternalApps;

/// <summary>Asks the tenants service with the token that is asked about.</summary>
internal sealed class RemoteExternalAppSource(PeerCalls peers) : IExternalAppSource
{
    public async Task<IEnumerable<string>?> FindAsync(AppToken token, CancellationToken cancellationToken)
    {
        try
        {
            var grant = await new ExternalAppsService.ExternalAppsServiceClient(peers.Invoker).GetGrantAsync(
                new GetGrantRequest(), peers.To(DaprNames.Tenants, token.Bearer, tenantId: null, cancellationToken));
            return grant.Permissions;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unauthenticated)
        {
            return null;
        }
    }
}
