using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Health;

/// <summary>Something that an app's sidecar must have done before it says that it is ready.</summary>
internal interface IReadiness
{
    bool IsReady(SidecarApp app);
}
