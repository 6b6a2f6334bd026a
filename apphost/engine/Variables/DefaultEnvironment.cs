using System.Globalization;
using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Platform.LocalHost.Dapr;

namespace Platform.LocalHost.Variables;

/// <summary>What every child gets before its own variables.</summary>
internal static class DefaultEnvironment
{
    /// <summary>A dozen .NET processes on a laptop: small heaps, no compilation work that pays off only after hours.</summary>
    private static readonly Dictionary<string, object> SmallDotNet = new()
    {
        ["DOTNET_gcServer"] = "0",
        ["DOTNET_gcConcurrent"] = "0",
        ["DOTNET_GCConserveMemory"] = "5",
        ["DOTNET_GCgen0size"] = "0x1000000",
        ["DOTNET_TieredPGO"] = "0",
    };

    public static Dictionary<string, object> OfProject(IResource resource, int portOffset)
    {
        var http = resource.Annotations.OfType<EndpointAnnotation>().Where(endpoint => endpoint.UriScheme is "http" or "https");
        var variables = new Dictionary<string, object>(SmallDotNet)
        {
            ["ASPNETCORE_URLS"] = string.Join(';', http.Select(endpoint => endpoint.AllocatedEndpoint!.UriString)),
            ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
            ["OTEL_SERVICE_NAME"] = resource.Name,
            ["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={resource.Name}",
        };
        AddPorts(resource, variables);
        AddSidecar(resource, portOffset, variables);
        return variables;
    }

    public static Dictionary<string, object> OfExecutable(IResource resource, int portOffset)
    {
        var variables = new Dictionary<string, object>();
        AddPorts(resource, variables);
        AddSidecar(resource, portOffset, variables);
        return variables;
    }

    private static void AddPorts(IResource resource, Dictionary<string, object> variables)
    {
        foreach (var endpoint in resource.Annotations.OfType<EndpointAnnotation>())
        {
            if (endpoint.EnvironmentVariable is { } name)
                variables[name] = endpoint.AllocatedEndpoint!.Port.ToString(CultureInfo.InvariantCulture);
        }
    }

    private static void AddSidecar(IResource resource, int portOffset, Dictionary<string, object> variables)
    {
        if (resource.Annotations.OfType<DaprSidecarAnnotation>().FirstOrDefault() is not { } annotation)
            return;
        var ports = SidecarPorts.Of(annotation.Sidecar, portOffset);
        variables["DAPR_HTTP_PORT"] = ports.Http.ToString(CultureInfo.InvariantCulture);
        variables["DAPR_GRPC_PORT"] = ports.Grpc.ToString(CultureInfo.InvariantCulture);
        variables["DAPR_HTTP_ENDPOINT"] = $"http://127.0.0.1:{ports.Http}";
        variables["DAPR_GRPC_ENDPOINT"] = $"http://127.0.0.1:{ports.Grpc}";
    }
}
