using Grpc.Core;

namespace Dapr.Workflow.Tests.Harness;

internal static class Patience
{
    /// <summary>Asks again while the sidecar is away: the channel finds a restarted one only after a while.</summary>
    public static Task RaiseEventWithPatienceAsync(this IDaprWorkflowClient client, string instanceId, string name, object payload) =>
        Deadline.Until(
            async () =>
            {
                try
                {
                    await client.RaiseEventAsync(instanceId, name, payload, Deadline.Token());
                    return true;
                }
                catch (RpcException away) when (away.StatusCode == StatusCode.Unavailable)
                {
                    return false;
                }
            },
            $"event {name} is accepted");
}
