using Grpc.Core;

namespace Platform.Sidecar.Hosting;

/// <summary>Whose port a connection came in on, and which of the two; Kestrel puts it on every connection.</summary>
internal sealed record ApiPort(SidecarApp App, bool IsGrpc);

internal static class ApiPortExtensions
{
    public static ApiPort ApiPort(this HttpContext context) => context.Features.Get<ApiPort>() ?? throw new InvalidOperationException("The connection did not come in on an API port.");

    /// <summary>The app whose sidecar was called.</summary>
    public static SidecarApp App(this HttpContext context) => context.ApiPort().App;

    /// <summary>The app whose sidecar was called.</summary>
    public static SidecarApp App(this ServerCallContext context) => context.GetHttpContext().App();
}
