using Grpc.Core;
using Platform.Invocation;
using Platform.Tenants.V1;

namespace Platform.Access.ExternalApps;

/// <summary>Asks the tenants service with the token that is asked about.</summary>
internal sealed class RemoteExternalAppSource(SidecarChannel sidecar, TimeProvider time) : IExternalAppSource
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public async Task<IEnumerable<string>?> FindAsync(AppToken token, CancellationToken cancellationToken)
    {
        var headers = new Metadata { { "dapr-app-id", DaprNames.Tenants }, { "authorization", $"Bearer {token.Bearer}" } };
        var client = new ExternalAppsService.ExternalAppsServiceClient(sidecar.Invoker);
        try
        {
            return (await client.GetGrantAsync(new GetGrantRequest(), headers, time.GetUtcNow().UtcDateTime + Deadline, cancellationToken)).Permissions;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unauthenticated)
        {
            return null;
        }
    }
}
