using Grpc.Core;
using Platform.Sidecar.Errors;

namespace Platform.Sidecar.Actors;

/// <summary>The failures of the actors API, in daprd's codes and words.</summary>
internal static class ActorErrors
{
    public static DaprError InstanceMissing { get; } = new(400, StatusCode.Internal, "ERR_ACTOR_INSTANCE_MISSING", "actor instance is missing");

    public static DaprError NoStateStore { get; } = Internal("ERR_ACTOR_RUNTIME_NOT_FOUND",
        "the state store is not configured to use the actor runtime. Have you set the - name: actorStateStore value: \"true\" in your state store component file?");

    public static DaprError StackDepth { get; } = new(500, StatusCode.ResourceExhausted, "ERR_ACTOR_STACK_DEPTH", "maximum stack depth exceeded");

    public static DaprError Closed { get; } = new(503, StatusCode.Unavailable, "ERR_ACTOR_RUNTIME_CLOSED", "actor runtime is closed");

    public static DaprError NotHosted { get; } = new(
        403, StatusCode.PermissionDenied, "ERR_ACTOR_REMINDER_NON_HOSTED", "operations on actor reminders are only possible on hosted actor types");

    public static DaprError NoAddress(ActorAddress actor) =>
        new(404, StatusCode.FailedPrecondition, "ERR_ACTOR_NO_ADDRESS", $"did not find address for actor '{actor.Type}/{actor.Id}'");

    public static DaprError Reserved(string type) => new(403, StatusCode.PermissionDenied, "ERR_ACTOR_TYPE_RESERVED",
        $"actor type \"{type}\" is reserved for the Dapr workflow runtime; direct actor API access is not permitted");

    public static DaprError BadRequest(string reason) => new(400, StatusCode.InvalidArgument, "ERR_BAD_REQUEST", $"invalid request: {reason}");

    public static DaprError Malformed(string reason) =>
        new(400, StatusCode.InvalidArgument, "ERR_MALFORMED_REQUEST", $"failed deserializing HTTP body: {reason}");

    public static DaprError UnknownOperation(string operation) =>
        new(500, StatusCode.Unimplemented, "ERR_NOT_SUPPORTED_STATE_OPERATION", $"operation type {operation} not supported");

    public static DaprError Invoke(string reason) => Internal("ERR_ACTOR_INVOKE_METHOD", $"error invoke actor method: {reason}");

    public static DaprError StateGet(string reason) => Internal("ERR_ACTOR_STATE_GET", $"error getting actor state: {reason}");

    public static DaprError StateSave(string reason) =>
        Internal("ERR_ACTOR_STATE_TRANSACTION_SAVE", $"error saving actor transaction state: {reason}");

    public static DaprError ReminderCreate(string reason) => Internal("ERR_ACTOR_REMINDER_CREATE", $"error creating actor reminder: {reason}");

    public static DaprError ReminderDelete(string reason) => Internal("ERR_ACTOR_REMINDER_DELETE", $"error deleting actor reminder: {reason}");

    public static DaprError ReminderNotFound(string name) =>
        new(404, StatusCode.NotFound, "ERR_ACTOR_REMINDER_NOT_FOUND", $"actor reminder not found: {name}");

    public static DaprError ReminderExists(string name) =>
        new(409, StatusCode.AlreadyExists, "ERR_ACTOR_REMINDER_ALREADY_EXISTS", $"actor reminder already exists: {name}");

    public static DaprError TimerCreate(string reason) => Internal("ERR_ACTOR_TIMER_CREATE", $"error creating actor timer: {reason}");

    public static DaprError TimerNotFound(string name) =>
        new(404, StatusCode.NotFound, "ERR_ACTOR_TIMER_NOT_FOUND", $"actor timer not found: {name}");

    private static DaprError Internal(string code, string message) => new(500, StatusCode.Internal, code, message);
}
