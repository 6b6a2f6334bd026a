using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Apps;

/// <summary>Work for an app that lasts as long as the app is up: reading its subscriptions, its actor types.</summary>
internal interface IAppLifecycle
{
    /// <summary>Runs each time the app comes up; returns, soon, when <paramref name="down"/> is cancelled.</summary>
    Task RunWhileUp(SidecarApp app, CancellationToken down);
}
