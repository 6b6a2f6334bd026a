using Grpc.Core;
using Platform.Invocation;
using Platform.Tenants.V1;

namespace Platform.Access.ApiKeys;

/// <summary>Asks the tenants service with the key itself.</summary>
internal sealed class RemoteApiKeySource(SidecarChannel sidecar, TimeProvider time) : IApiKeySource
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public async Task<Tenants.V1.Access?> FindAsync(ApiKeyText key, CancellationToken cancellationToken)
    {
        var headers = new Metadata { { "dapr-app-id", DaprNames.Tenants }, { "authorization", $"Bearer {key}" } };
        var client = new TenantsService.TenantsServiceClient(sidecar.Invoker);
        try
        {
            return await client.GetAccessAsync(new GetAccessRequest(), headers, (time.GetUtcNow() + Deadline).UtcDateTime, cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unauthenticated)
        {
            return null;
        }
    }
}
