using Grpc.Core;

namespace Platform.Sidecar.Workflow.Engine;

/// <summary>Failures of the workflow service, in the runtime's words.</summary>
internal static class WorkflowErrors
{
    public static RpcException NoStore() => Of(
        StatusCode.Internal,
        "the state store is not configured to use the actor runtime. Have you set the - name: actorStateStore value: \"true\" in your state store component file?");

    public static RpcException StoreAway(Exception cause) =>
        new(new Status(StatusCode.Unavailable, "the workflow's state cannot be read now", cause));

    public const string NoSuch = "no such instance exists";

    public static RpcException NoSuchInstance() => Of(StatusCode.Unknown, NoSuch);

    public static RpcException Stalled() => Of(StatusCode.Unknown, "workflow is stalled");

    public static RpcException AlreadyActive(string id) => Of(
        StatusCode.AlreadyExists, $"failed to create workflow instance: an active workflow with ID '{id}' already exists");

    public static RpcException BadId() => Of(
        StatusCode.InvalidArgument, "a workflow instance ID has 1 to 512 characters, no control characters and no '||'");

    public static RpcException BadToken() => Of(StatusCode.InvalidArgument, "the continuation token is not one that was given out");

    public static RpcException NotPurged(string reason) => Of(StatusCode.Unknown, $"failed to purge workflow state: {reason}");

    public static RpcException Of(StatusCode code, string message) => new(new Status(code, message));
}
