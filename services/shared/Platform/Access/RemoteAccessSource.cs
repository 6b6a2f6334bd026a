using Grpc.Core;
using Platform.Invocation;
using Platform.Tenancy;
using Platform.Tenants.V1;

namespace Platform.Access;

/// <summary>Asks the tenants service with the token or the key that is asked about.</summary>
internal sealed class RemoteAccessSource(SidecarChannel sidecar) : IAccessSource
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public async Task<Tenants.V1.Access> GetAccessAsync(Guid tenantId, string userId, string bearerToken, CancellationToken cancellationToken)
    {
        // A support person's token names no tenant; everybody else's does, and the header is ignored.
        var headers = new Metadata { { "dapr-app-id", DaprNames.Tenants }, { "authorization", $"Bearer {bearerToken}" }, { Caller.TenantHeader, tenantId.ToString() } };
        var client = new TenantsService.TenantsServiceClient(sidecar.Invoker);
        return await client.GetAccessAsync(new GetAccessRequest { UserId = userId }, headers, DateTime.UtcNow + Deadline, cancellationToken);
    }
}
