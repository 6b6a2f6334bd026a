using Grpc.Core;

namespace Dapr.Workflow.Tests.Harness;

/// <summary>Asks again while the sidecar is away: the channel finds a restarted one only after a while.</summary>
internal static class Patience
{
    public static Task RaiseEventWithPatienceAsync(this DaprWorkflowClient client, string instanceId, string name, object payload) =>
        PersistAsync(() => client.RaiseEventAsync(instanceId, name, payload, Deadline.Token()));

    public static async Task<string> StartWithPatienceAsync(this DaprWorkflowClient client, string workflow, object input)
    {
        var id = Guid.NewGuid().ToString();
        await PersistAsync(() => client.StartInTimeAsync(workflow, input, id));
        return id;
    }

    private static Task PersistAsync(Func<Task> call) => Deadline.Until(
        async () =>
        {
            try
            {
                await call();
                return true;
            }
            catch (RpcException accepted) when (accepted.StatusCode == StatusCode.AlreadyExists)
            {
                return true;
            }
            catch (RpcException away) when (away.StatusCode == StatusCode.Unavailable)
            {
                return false;
            }
        },
        "the sidecar accepts a call");
}
