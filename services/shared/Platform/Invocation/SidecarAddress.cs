using Microsoft.Extensions.Configuration;

namespace Platform.Invocation;

/// <summary>
/// Where the sidecar is: DAPR_HTTP_ENDPOINT or DAPR_HTTP_PORT, DAPR_GRPC_ENDPOINT or DAPR_GRPC_PORT, and DAPR_API_TOKEN, which
/// is null where the sidecar asks for none.
/// </summary>
public sealed record SidecarAddress(Uri Http, Uri Grpc, string? ApiToken)
{
    /// <summary>The header, and the gRPC metadata, that carries the token.</summary>
    public const string TokenHeader = "dapr-api-token";

    /// <summary>Reads the settings; the ports default to Dapr's.</summary>
    public static SidecarAddress From(IConfiguration configuration) => new(
        Address(configuration, "HTTP", "3500"),
        Address(configuration, "GRPC", "50001"),
        configuration["DAPR_API_TOKEN"] is { Length: > 0 } token ? token : null);

    private static Uri Address(IConfiguration configuration, string protocol, string defaultPort) =>
        new(configuration[$"DAPR_{protocol}_ENDPOINT"] is { Length: > 0 } endpoint ? endpoint : $"http://127.0.0.1:{configuration[$"DAPR_{protocol}_PORT"] ?? defaultPort}");
}
