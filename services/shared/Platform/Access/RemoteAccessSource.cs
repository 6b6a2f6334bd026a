using Microsoft.Extensions.DependencyInjection;
using Platform.Invocation;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Access;

/// <summary>Asks the tenants service with the token or the key that is asked about; as the platform, on behalf of the person, where there is none.</summary>
internal sealed class RemoteAccessSource(PeerCalls peers, IServiceProvider services) : IAccessSource
{
    // A support person's token names no tenant.
    public async Task<Tenants.V1.Access> GetAccessAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken)
    {
        var options = peers.To(DaprNames.Tenants, bearerToken.Length > 0 ? bearerToken : await services.GetRequiredService<ServiceAccount>().GetTokenAsync(cancellationToken), tenantId, cancellationToken);
        if (bearerToken.Length == 0)
            options.Headers!.Add(Caller.OnBehalfOfHeader, userId);
        return await new TenantsService.TenantsServiceClient(peers.Invoker).GetAccessAsync(new GetAccessRequest { UserId = userId }, options);
    }
}
