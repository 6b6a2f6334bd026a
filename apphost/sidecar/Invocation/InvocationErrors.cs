using Grpc.Core;
using Platform.Sidecar.Errors;

namespace Platform.Sidecar.Invocation;

/// <summary>Why a call did not reach an app.</summary>
internal static class InvocationErrors
{
    public static readonly DaprError NoAppId = new(
        404, StatusCode.NotFound, "ERR_DIRECT_INVOKE", "failed getting app id either from the URL path or the header dapr-app-id");

    public const string NoAppIdInMetadata = "failed to proxy request: required metadata dapr-callee-app-id or dapr-app-id not found";

    public static DaprError Failed(string appId, string reason, StatusCode status = StatusCode.Internal) => new(
        500, status, "ERR_DIRECT_INVOKE", $"failed to invoke, id: {appId}, err: {reason}");

    public static DaprError Unknown(string appId) => Failed(appId, $"failed to resolve address: couldn't find service: {appId}", StatusCode.Unknown);

    public static DaprError NoChannel(string appId) => Failed(appId, "app channel is not initialized", StatusCode.Unavailable);

    public static DaprError Unhealthy(string appId) => Failed(appId, "app is not in a healthy state", StatusCode.Unavailable);

    public static DaprError Denied(string appId, string caller, string operation, string? verb)
    {
        var denied = $"access control policy has denied access to id: {caller} operation: {operation} verb: {verb ?? "NONE"}";
        return Failed(appId, $"rpc error: code = PermissionDenied desc = {denied}", StatusCode.PermissionDenied) with { Http = 403 };
    }
}
