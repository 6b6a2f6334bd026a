using System.Globalization;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Platform.LocalHost.Dapr;
using Platform.LocalHost.Projects;
using Platform.LocalHost.Running;

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
        // Machine code is not mapped twice, once to write and once to run it: a tenth of a start's processor time. These processes serve their developer.
        ["DOTNET_EnableWriteXorExecute"] = "0",
    };

    // How Aspire has services report: at once and everything, for somebody who looks at it now.
    private static readonly Dictionary<string, object> EagerTelemetry = new()
    {
        ["OTEL_DOTNET_EXPERIMENTAL_OTLP_RETRY"] = "in_memory",
        ["OTEL_DOTNET_EXPERIMENTAL_ASPNETCORE_DISABLE_URL_QUERY_REDACTION"] = "true",
        ["OTEL_DOTNET_EXPERIMENTAL_HTTPCLIENT_DISABLE_URL_QUERY_REDACTION"] = "true",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "1000",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "1000",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "1000",
        ["OTEL_TRACES_SAMPLER"] = "always_on",
        ["OTEL_METRICS_EXEMPLAR_FILTER"] = "trace_based",
    };

    /// <summary>What a project gets.</summary>
    /// <param name="resource">The project.</param>
    /// <param name="portOffset">What the instance adds to ports.</param>
    /// <param name="telemetry">Where it sends telemetry.</param>
    /// <param name="replica">Which of its processes; the first when null.</param>
    public static Dictionary<string, object> OfProject(IResource resource, int portOffset, TelemetryTarget? telemetry, Replica? replica = null)
    {
        replica ??= Replica.First(resource);
        var http = replica.Endpoints.Where(endpoint => endpoint.UriScheme is "http" or "https");
        var variables = new Dictionary<string, object>(SmallDotNet)
        {
            ["ASPNETCORE_URLS"] = string.Join(';', http.Select(endpoint => endpoint.UriString)),
            ["LOGGING__CONSOLE__FORMATTERNAME"] = "simple",
        };
        AddName(resource, replica, variables);
        AddPorts(replica, variables);
        AddSidecar(resource, portOffset, variables);
        AddTelemetry(resource, telemetry, variables);
        return variables;
    }

    /// <summary>A program sends telemetry when it is said to.</summary>
    public static Dictionary<string, object> OfExecutable(IResource resource, int portOffset, TelemetryTarget? telemetry)
    {
        var variables = new Dictionary<string, object>();
        AddPorts(Replica.First(resource), variables);
        AddSidecar(resource, portOffset, variables);
        if (resource.Annotations.OfType<OtlpExporterAnnotation>().Any())
        {
            AddName(resource, Replica.First(resource), variables);
            AddTelemetry(resource, telemetry, variables);
        }

        return variables;
    }

    private static void AddName(IResource resource, Replica replica, Dictionary<string, object> variables)
    {
        variables["OTEL_SERVICE_NAME"] = resource.Name;
        variables["OTEL_RESOURCE_ATTRIBUTES"] = $"service.instance.id={replica.Name}";
    }

    private static void AddTelemetry(IResource resource, TelemetryTarget? telemetry, Dictionary<string, object> variables)
    {
        if (telemetry is null)
            return;
        var isHttp = resource.Annotations.OfType<OtlpExporterAnnotation>().LastOrDefault()?.RequiredProtocol switch
        {
            OtlpProtocol.HttpProtobuf => true,
            OtlpProtocol.HttpJson => throw new StackException($"{resource.Name}: the local dashboard takes telemetry over gRPC or as protobuf over HTTP, not as JSON."),
            _ => false,
        };
        variables["OTEL_EXPORTER_OTLP_ENDPOINT"] = (isHttp ? telemetry.HttpEndpoint : telemetry.Endpoint).ToString();
        variables["OTEL_EXPORTER_OTLP_PROTOCOL"] = isHttp ? "http/protobuf" : "grpc";
        variables["OTEL_EXPORTER_OTLP_HEADERS"] = $"x-otlp-api-key={telemetry.Key}";
        foreach (var (name, value) in EagerTelemetry)
            variables[name] = value;
    }

    private static void AddPorts(Replica replica, Dictionary<string, object> variables)
    {
        foreach (var endpoint in replica.Endpoints)
        {
            if (endpoint.Endpoint.EnvironmentVariable is { } name)
                variables[name] = endpoint.Port.ToString(CultureInfo.InvariantCulture);
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
