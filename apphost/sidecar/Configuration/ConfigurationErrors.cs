using Grpc.Core;
using Platform.Sidecar.Errors;

namespace Platform.Sidecar.Configuration;

/// <summary>The failures of the configuration API, in daprd's codes and words.</summary>
internal static class ConfigurationErrors
{
    public static readonly DaprError NotConfigured = new(
        500, StatusCode.FailedPrecondition, "ERR_CONFIGURATION_STORE_NOT_CONFIGURED", "configuration stores not configured");

    public static DaprError NotFound(string store) => new(
        400, StatusCode.InvalidArgument, "ERR_CONFIGURATION_STORE_NOT_FOUND", $"configuration store {store} not found");

    public static DaprError Get(string store, IEnumerable<string> keys, string reason) => new(
        500, StatusCode.Internal, "ERR_CONFIGURATION_GET", $"failed to get [{string.Join(' ', keys)}] from Configuration store {store}: {reason}");

    public static DaprError Subscribe(string store, IEnumerable<string> keys, string reason) => new(
        500, StatusCode.InvalidArgument, "ERR_CONFIGURATION_SUBSCRIBE",
        $"failed to subscribe [{string.Join(' ', keys)}] from Configuration store {store}: {reason}");

    public static DaprError Unsubscribe(string id, string reason) => new(
        500, StatusCode.Internal, "ERR_CONFIGURATION_UNSUBSCRIBE", $"failed to unsubscribe to configuration request {id}: {reason}");
}
