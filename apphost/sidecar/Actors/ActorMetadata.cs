using Dapr.Client.Autogen.Grpc.v1;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Introspection;
using RuntimeStatus = Dapr.Client.Autogen.Grpc.v1.ActorRuntime.Types.ActorRuntimeStatus;

namespace Platform.Sidecar.Actors;

/// <summary>Tells of an app's actors in its metadata.</summary>
internal sealed class ActorMetadata(ActorHosting hosting, ActorPlacement placement) : IMetadataSource
{
    public void Add(SidecarApp app, GetMetadataResponse response)
    {
        var isReady = hosting.IsReady(app);
        response.ActorRuntime = new ActorRuntime
        {
            RuntimeStatus = isReady ? RuntimeStatus.Running : RuntimeStatus.Initializing,
            HostReady = isReady,
            Placement = isReady ? "placement: connected" : "",
        };
        if (placement.HostOf(app.Id) is not { } host)
            return;
        var active = host.Active.CountBy(actor => actor.Type).ToDictionary();
        foreach (var type in host.Types.Keys)
            response.ActorRuntime.ActiveActors.Add(new ActiveActorsCount { Type = type, Count = active.GetValueOrDefault(type) });
    }
}
