using Grpc.Core;
using Platform.Sidecar.Errors;

namespace Platform.Sidecar.Workflow.Management;

/// <summary>The failures of the older workflow API, in daprd's codes and words.</summary>
internal static class WorkflowApiErrors
{
    public const int LongestId = 64;

    public static DaprError NoName { get; } = new(400, StatusCode.InvalidArgument, "ERR_WORKFLOW_NAME_MISSING", "workflow name is not configured");

    public static DaprError NoId { get; } = new(400, StatusCode.InvalidArgument, "ERR_INSTANCE_ID_PROVIDED_MISSING", "no instance ID was provided");

    public static DaprError NoEventName { get; } = new(400, StatusCode.InvalidArgument, "ERR_WORKFLOW_EVENT_NAME_MISSING", "missing workflow event name");

    public static DaprError IdTooLong { get; } = new(
        400, StatusCode.InvalidArgument, "ERR_INSTANCE_ID_TOO_LONG", $"workflow instance ID exceeds the max length of {LongestId} characters");

    public static DaprError BadId(string id) => new(
        400, StatusCode.InvalidArgument, "ERR_INSTANCE_ID_INVALID", $"workflow instance ID '{id}' is invalid: only alphanumeric and underscore characters are allowed");

    public static DaprError NotFound(string id) => new(
        404, StatusCode.NotFound, "ERR_INSTANCE_ID_NOT_FOUND", $"unable to find workflow with the provided instance ID: {id}");

    /// <param name="call">What was asked for, as in the error's code: START, GET, PAUSE …</param>
    /// <param name="doing">The same in words.</param>
    /// <param name="what">Name or id of the workflow.</param>
    /// <param name="reason">Why it failed.</param>
    public static DaprError Failed(string call, string doing, string what, string reason) => new(500, StatusCode.Internal, $"ERR_{call}_WORKFLOW", $"error {doing} workflow '{what}': {reason}");
}
