using System.Globalization;
using System.Text.Json.Nodes;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Hosting;

/// <summary>
/// Reads the multi-app file of <c>dapr run -f</c>. Each app's own keys win over those of <c>common</c>;
/// paths in <c>common</c> are relative to the file, an app's to its <c>appDirPath</c>. Starting the apps is not the sidecar's work.
/// </summary>
internal static class RunFile
{
    public static IReadOnlyList<AppOptions> Read(string file)
    {
        file = Path.GetFullPath(file);
        var root = Yaml.Documents(file) is [var first, ..] ? first : throw new StartupException($"{file} is empty");
        var apps = root.Items("apps").Select(app => Read(file, root.At("common"), app)).ToArray();
        if (apps.Length == 0)
            throw new StartupException($"{file} names no apps");
        if (apps.GroupBy(app => app.AppId).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new StartupException($"{file}: app '{twice.Key}' is there twice");
        return apps;
    }

    private static AppOptions Read(string file, JsonNode? common, JsonNode app)
    {
        var folder = Path.GetDirectoryName(file)!;
        var appFolder = Path.Combine(folder, app.Text("appDirPath") ?? ".");
        var id = app.Text("appID") ?? (app.Text("appDirPath") is null ? null : Path.GetFileName(Path.TrimEndingDirectorySeparator(appFolder)));
        var defaults = new AppOptions { AppId = id ?? throw new StartupException($"{file}: an app has neither appID nor appDirPath") };
        return defaults with
        {
            AppPort = Number(file, app, "appPort"),
            AppProtocol = CommandLine.Protocol(Either("appProtocol")),
            ChannelAddress = Either("appChannelAddress") ?? defaults.ChannelAddress,
            HttpPort = Required(file, id, app, "daprHTTPPort"),
            GrpcPort = Required(file, id, app, "daprGRPCPort"),
            ListenAddresses = Either("apiListenAddresses") ?? defaults.ListenAddresses,
            ResourcesPaths = OrElse(Paths(app, appFolder, "resourcesPath"), Paths(common, folder, "resourcesPath")),
            ConfigPaths = OrElse(Paths(app, appFolder, "configFilePath"), Paths(common, folder, "configFilePath")),
            MetricsPort = Number(file, app, "metricsPort"),
            InsistsOnMetricsPort = true,
            LogsCalls = Either("enableApiLogging") is "true",
            MaxBodySize = Either("maxBodySize") is { } size ? ByteSize.Parse(size) : defaults.MaxBodySize,
            MaxConcurrency = Number(file, app, "appMaxConcurrency") ?? Number(file, common, "appMaxConcurrency") ?? -1,
            Health = Health(file, Either),
            Environment = Merge(common.Map("env"), app.Map("env")),
        };

        string? Either(string key) => app.Text(key) ?? common.Text(key);
    }

    private static AppHealthOptions Health(string file, Func<string, string?> either)
    {
        var defaults = new AppHealthOptions();
        return new AppHealthOptions
        {
            Enabled = string.Equals(either("enableAppHealthCheck"), "true", StringComparison.OrdinalIgnoreCase),
            Path = either("appHealthCheckPath") ?? defaults.Path,
            Interval = TimeSpan.FromSeconds(Number(file, "appHealthProbeInterval", either("appHealthProbeInterval")) ?? 5),
            Timeout = TimeSpan.FromMilliseconds(Number(file, "appHealthProbeTimeout", either("appHealthProbeTimeout")) ?? 500),
            Threshold = Number(file, "appHealthThreshold", either("appHealthThreshold")) ?? defaults.Threshold,
        };
    }

    /// <summary>Both spellings: <c>resourcesPath</c> for one, <c>resourcesPaths</c> for several.</summary>
    private static string[] Paths(JsonNode? node, string folder, string key) =>
        [.. node.Texts(key + "s").Concat(node.Text(key) is { } one ? [one] : []).Select(path => Path.GetFullPath(Path.Combine(folder, path)))];

    private static string[] OrElse(string[] first, string[] second) => first.Length > 0 ? first : second;

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> common, IReadOnlyDictionary<string, string> own)
    {
        var merged = new Dictionary<string, string>(common);
        foreach (var (name, value) in own)
            merged[name] = value;
        return merged;
    }

    private static int Required(string file, string app, JsonNode node, string key) =>
        Number(file, node, key) ?? throw new StartupException($"{file}: app '{app}' has no {key}");

    private static int? Number(string file, JsonNode? node, string key) => Number(file, key, node.Text(key));

    private static int? Number(string file, string key, string? text) =>
        text is null ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new StartupException($"{file}: {key} '{text}' is not a number");
}
