using Aspire.Hosting.ApplicationModel;
using CommunityToolkit.Aspire.Hosting.Dapr;
using Platform.LocalHost.Parameters;
using YamlDotNet.Serialization;

namespace Platform.LocalHost.Dapr;

/// <summary>The multi-app run file that the local sidecar is started with: paths absolute, ports with the instance's offset.</summary>
internal static class RunFile
{
    private static readonly string[] Tokens = ["DAPR_API_TOKEN", "APP_API_TOKEN"];

    /// <summary>Writes the file; only its owner can read it, for it holds the apps' tokens.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="apps">The apps.</param>
    /// <param name="appHostDirectory">What relative paths are relative to.</param>
    /// <param name="portOffset">Added to all ports.</param>
    /// <param name="variables">The resolved variables of an app.</param>
    public static async Task WriteAsync(
        string path, IEnumerable<SidecarApp> apps, string appHostDirectory, int portOffset, Func<IResource, Task<Dictionary<string, string?>>> variables)
    {
        var entries = new List<Dictionary<string, object>>();
        foreach (var app in apps)
            entries.Add(Entry(app, appHostDirectory, portOffset, await variables(app.App)));
        PrivateFile.Write(path, new SerializerBuilder().Build().Serialize(new Dictionary<string, object> { ["version"] = 1, ["apps"] = entries }));
    }

    private static Dictionary<string, object> Entry(SidecarApp app, string appHostDirectory, int portOffset, Dictionary<string, string?> variables)
    {
        var options = SidecarPorts.OptionsOf(app.Sidecar);
        var ports = SidecarPorts.Of(app.Sidecar, portOffset);
        var entry = new Dictionary<string, object?>
        {
            ["appID"] = app.Id,
            ["appDirPath"] = appHostDirectory,
            ["appPort"] = AppPort(app.App, options, portOffset),
            ["appProtocol"] = options.AppProtocol,
            ["appChannelAddress"] = options.AppChannelAddress,
            ["daprHTTPPort"] = ports.Http,
            ["daprGRPCPort"] = ports.Grpc,
            ["resourcesPaths"] = PathsOf(app, options, appHostDirectory),
            ["configFilePath"] = options.Config is { } config ? Path.GetFullPath(config, appHostDirectory) : null,
            ["appMaxConcurrency"] = options.AppMaxConcurrency,
            ["maxBodySize"] = options.DaprMaxBodySize,
            ["enableAppHealthCheck"] = options.EnableAppHealthCheck,
            ["appHealthCheckPath"] = options.AppHealthCheckPath,
            ["appHealthProbeInterval"] = options.AppHealthProbeInterval,
            ["appHealthProbeTimeout"] = options.AppHealthProbeTimeout,
            ["appHealthThreshold"] = options.AppHealthThreshold,
            ["enableApiLogging"] = options.EnableApiLogging,
            ["logLevel"] = options.LogLevel,
            ["env"] = variables.Where(variable => Tokens.Contains(variable.Key)).ToDictionary(),
        };
        return entry.Where(item => item.Value is not null).ToDictionary(item => item.Key, item => item.Value!);
    }

    private static int? AppPort(IResource app, DaprSidecarOptions options, int portOffset)
    {
        var endpoints = app.Annotations.OfType<EndpointAnnotation>();
        var endpoint = options.AppEndpoint is { } name ? endpoints.Single(candidate => candidate.Name == name) : endpoints.FirstOrDefault();
        return options.AppPort + portOffset ?? endpoint?.AllocatedEndpoint?.Port;
    }

    /// <summary>The folders given, and those of the component files that the sidecar refers to.</summary>
    private static List<string> PathsOf(SidecarApp app, DaprSidecarOptions options, string appHostDirectory)
    {
        var files = app.Sidecar.Annotations.OfType<DaprComponentReferenceAnnotation>().Select(reference => reference.Component.Options?.LocalPath
            ?? throw new InvalidOperationException($"The component '{reference.Component.Name}' needs a LocalPath: the local sidecar reads component files."));
        return [.. options.ResourcesPaths.Concat(files.Select(file => Path.GetDirectoryName(file)!)).Select(path => Path.GetFullPath(path, appHostDirectory)).Distinct()];
    }
}
