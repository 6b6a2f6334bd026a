using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Platform.LocalHost.Waiting;

namespace Platform.LocalHost.Dapr;

/// <summary>The one process that is the sidecar of all apps.</summary>
internal sealed class LocalSidecarResource : ContainerResource
{
    public const string ResourceName = "dapr";

    public LocalSidecarResource(IReadOnlyList<SidecarApp> apps, IReadOnlyList<IDaprComponentResource> components)
        : base(ResourceName)
    {
        Apps = apps;
        Components = components;
    }

    public IReadOnlyList<SidecarApp> Apps { get; }

    public IReadOnlyList<IDaprComponentResource> Components { get; }

    /// <summary>The sidecar of an application; null when none of its resources has one.</summary>
    public static LocalSidecarResource? Of(IEnumerable<IResource> resources)
    {
        var all = resources.ToArray();
        var apps = from resource in all
                   from annotation in resource.Annotations.OfType<DaprSidecarAnnotation>()
                   select new SidecarApp(resource, annotation.Sidecar);
        SidecarApp[] found = [.. apps];
        return found.Length == 0 ? null : new LocalSidecarResource(found, [.. all.OfType<IDaprComponentResource>()]);
    }

    /// <summary>Makes the ports of all apps known as endpoints, so that they are checked and shown like those of any resource.</summary>
    public void AddEndpoints(int portOffset)
    {
        foreach (var app in Apps)
        {
            var ports = SidecarPorts.Of(app.Sidecar, portOffset);
            Add($"{app.Id}-http", "http", ports.Http);
            Add($"{app.Id}-grpc", "grpc", ports.Grpc);
        }

        Annotations.Add(new HttpHealthCheck($"{Apps[0].Id}-http", "/v1.0/healthz/outbound", 204));
    }

    private void Add(string name, string scheme, int port)
    {
        var endpoint = new EndpointAnnotation(System.Net.Sockets.ProtocolType.Tcp, scheme, name: name, port: port);
        endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", port);
        Annotations.Add(endpoint);
    }
}

/// <summary>An app and its sidecar.</summary>
internal sealed record SidecarApp(IResource App, IDaprSidecarResource Sidecar)
{
    public string Id => SidecarPorts.OptionsOf(Sidecar).AppId ?? App.Name;
}
