using Platform.Invocation;
using Platform.Tenants.V1;

namespace Platform.Access;

/// <summary>Asks the tenants service with the token or the key that is asked about.</summary>
internal sealed class RemoteAccessSource(PeerCalls peers) : IAccessSource
{
    // A support person's token names no tenant.
    public async Task<Tenants.V1.Access> GetAccessAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken) =>
        await new TenantsService.TenantsServiceClient(peers.Invoker).GetAccessAsync(
            new GetAccessRequest { UserId = userId }, peers.To(DaprNames.Tenants, bearerToken, tenantId, cancellationToken));
}
