using Grpc.Core;

namespace Platform.Access.ApiKeys;

/// <summary>Asks the tenants service with the key itself, which is then the caller that is asked about.</summary>
internal sealed class RemoteApiKeySource(RemoteAccessSource tenants) : IApiKeySource
{
    public async Task<Tenants.V1.Access?> FindAsync(ApiKeyText key, CancellationToken cancellationToken)
    {
        try
        {
            return await tenants.GetAccessAsync(key.TenantId, userId: "", $"{key}", cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unauthenticated)
        {
            return null;
        }
    }
}
