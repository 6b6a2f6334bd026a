using Grpc.Core;
using Platform.Sidecar.Errors;

namespace Platform.Sidecar.Bindings;

/// <summary>The failures of the bindings API, in daprd's codes and words.</summary>
internal static class BindingErrors
{
    public static DaprError Failed(string name, string reason) => new(
        500, StatusCode.Internal, "ERR_INVOKE_OUTPUT_BINDING", $"error invoking output binding {name}: {reason}");

    public static DaprError Malformed(string reason) => new(
        400, StatusCode.InvalidArgument, "ERR_MALFORMED_REQUEST", $"failed deserializing HTTP body: {reason}");
}
