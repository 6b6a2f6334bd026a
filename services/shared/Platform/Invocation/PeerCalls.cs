using Grpc.Core;
using Platform.Tenancy;

namespace Platform.Invocation;

/// <summary>
/// Questions to another service with a bearer token that is given, not the caller's of now: what is asked is about that token,
/// often before there is a caller.
/// </summary>
internal sealed class PeerCalls(SidecarChannel sidecar, TimeProvider time)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(5);

    public CallInvoker Invoker => sidecar.Invoker;

    /// <param name="appId">The service that is asked.</param>
    /// <param name="bearerToken">The token or key that is asked about.</param>
    /// <param name="tenantId">For tokens that name no company; with all others the header is ignored.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public CallOptions To(string appId, string bearerToken, Guid? tenantId, CancellationToken cancellationToken)
    {
        var headers = new Metadata { { "dapr-app-id", appId }, { "authorization", $"Bearer {bearerToken}" } };
        if (tenantId is { } tenant)
            headers.Add(Caller.TenantHeader, tenant.ToString());
        return new CallOptions(headers, time.GetUtcNow().UtcDateTime + Deadline, cancellationToken);
    }
}
