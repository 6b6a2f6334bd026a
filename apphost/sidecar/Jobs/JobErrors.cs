using Grpc.Core;
using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Jobs;

/// <summary>The failures of the jobs API, in daprd's codes and words.</summary>
internal static class JobErrors
{
    public static DaprError Empty(SidecarApp app, string what) => Create(app, StatusCode.InvalidArgument, 400, what switch
    {
        "Name" => "DAPR_SCHEDULER_JOB_NAME_EMPTY",
        "Schedule" => "DAPR_SCHEDULER_SCHEDULE_EMPTY",
        _ => "DAPR_SCHEDULER_EMPTY",
    }, $"{what} is empty");

    public static DaprError NameInBody(SidecarApp app) =>
        Create(app, StatusCode.InvalidArgument, 400, "DAPR_SCHEDULER_JOB_NAME", "Set the job name in the url only");

    public static DaprError Malformed(string reason) =>
        new(400, StatusCode.InvalidArgument, "ERR_MALFORMED_REQUEST", $"failed deserializing HTTP body: {reason}");

    public static DaprError NotScheduled(SidecarApp app, Exception cause) => cause is AlreadyScheduledException
        ? Create(app, StatusCode.AlreadyExists, 409, "DAPR_SCHEDULER_SCHEDULE_JOB",
            $"failed to schedule job due to: {Rpc("AlreadyExists", cause.Message)}")
        : NotScheduled(app, cause.Message);

    public static DaprError NotScheduled(SidecarApp app, string reason) =>
        Create(app, StatusCode.Internal, 500, "DAPR_SCHEDULER_SCHEDULE_JOB", $"failed to schedule job due to: {Rpc("Unknown", reason)}");

    public static DaprError NotFound(SidecarApp app, string name) =>
        Create(app, StatusCode.Internal, 500, "DAPR_SCHEDULER_GET_JOB", $"failed to get job due to: {Rpc("NotFound", $"job not found: {name}")}");

    public static DaprError NotDeleted(SidecarApp app, Exception cause) =>
        Create(app, StatusCode.Internal, 500, "DAPR_SCHEDULER_DELETE_JOB", $"failed to delete job due to: {Rpc("Unknown", cause.Message)}");

    // daprd's scheduler is a process of its own, which these messages tell.
    private static string Rpc(string code, string message) => $"rpc error: code = {code} desc = {message}";

    private static DaprError Create(SidecarApp app, StatusCode grpc, int http, string code, string message) => new(http, grpc, code, message, code)
    {
        Metadata = new Dictionary<string, string> { ["appID"] = app.Id, ["namespace"] = app.Options.Namespace },
    };
}
