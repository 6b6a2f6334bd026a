using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;

namespace Platform.LocalHost.Dapr;

/// <summary>Where the APIs of an app's sidecar listen.</summary>
internal sealed record SidecarPorts(int Http, int Grpc)
{
    public static SidecarPorts Of(IDaprSidecarResource sidecar, int offset)
    {
        var options = OptionsOf(sidecar);
        return new SidecarPorts(Port(options.DaprHttpPort, nameof(options.DaprHttpPort)), Port(options.DaprGrpcPort, nameof(options.DaprGrpcPort)));

        int Port(int? port, string name) => port + offset ?? throw new InvalidOperationException($"The sidecar '{sidecar.Name}' needs a {name}.");
    }

    public static DaprSidecarOptions OptionsOf(IResource sidecar) =>
        sidecar.Annotations.OfType<DaprSidecarOptionsAnnotation>().FirstOrDefault()?.Options ?? new DaprSidecarOptions();
}
