using System.Globalization;

namespace Platform.Sidecar.Hosting;

/// <summary>Either <c>--run-file dapr.yaml</c> with all its apps, or one app in daprd's own flags.</summary>
internal static class CommandLine
{
    // daprd's switches that take no value; everything else with a dash takes one.
    private static readonly HashSet<string> Switches =
    [
        "enable-app-health-check", "enable-api-logging", "enable-profiling", "enable-mtls", "enable-metrics", "log-as-json",
        "app-ssl", "version", "build-info", "wait",
    ];

    public static IReadOnlyList<AppOptions> Parse(IReadOnlyList<string> arguments)
    {
        var flags = Flags(arguments);
        return flags["run-file"].FirstOrDefault() is { } runFile ? RunFile.Read(runFile) : [FromFlags(flags)];
    }

    private static AppOptions FromFlags(ILookup<string, string> flags)
    {
        var defaults = new AppOptions { AppId = Last(flags, "app-id") ?? throw new StartupException("--app-id or --run-file is required") };
        return defaults with
        {
            AppPort = Number(flags, "app-port"),
            AppProtocol = Protocol(Last(flags, "app-protocol")),
            ChannelAddress = Last(flags, "app-channel-address") ?? defaults.ChannelAddress,
            HttpPort = Number(flags, "dapr-http-port") ?? defaults.HttpPort,
            GrpcPort = Number(flags, "dapr-grpc-port") ?? defaults.GrpcPort,
            ListenAddresses = Last(flags, "dapr-listen-addresses") ?? defaults.ListenAddresses,
            ResourcesPaths = [.. flags["resources-path"], .. flags["components-path"]],
            ConfigPaths = [.. flags["config"]],
            MaxBodySize = MaxBodySize(flags) ?? defaults.MaxBodySize,
            MaxConcurrency = Number(flags, "app-max-concurrency") ?? -1,
            DisabledInitEndpoints = Last(flags, "disable-init-endpoints")?.Split(',').ToHashSet() ?? [],
            GracefulShutdown = TimeSpan.FromSeconds(Number(flags, "dapr-graceful-shutdown-seconds") ?? 5),
            Health = Health(flags),
        };
    }

    private static AppHealthOptions Health(ILookup<string, string> flags)
    {
        var defaults = new AppHealthOptions();
        return new AppHealthOptions
        {
            Enabled = Last(flags, "enable-app-health-check") is "true",
            Path = Last(flags, "app-health-check-path") ?? defaults.Path,
            Interval = TimeSpan.FromSeconds(Number(flags, "app-health-probe-interval") ?? 5),
            Timeout = TimeSpan.FromMilliseconds(Number(flags, "app-health-probe-timeout") ?? 500),
            Threshold = Number(flags, "app-health-threshold") ?? defaults.Threshold,
        };
    }

    public static AppProtocol Protocol(string? text) => text?.ToLowerInvariant() switch
    {
        null or "" or "http" => AppProtocol.Http,
        "h2c" => AppProtocol.H2c,
        "grpc" => AppProtocol.Grpc,
        _ => throw new StartupException($"app protocol '{text}' is not served here; the protocols are http, h2c, grpc"),
    };

    private static long? MaxBodySize(ILookup<string, string> flags) =>
        Last(flags, "max-body-size") is { } size ? ByteSize.Parse(size)
        : Number(flags, "dapr-http-max-request-size") is { } megabytes ? megabytes * 1024L * 1024L
        : null;

    private static string? Last(ILookup<string, string> flags, string name) => flags[name].LastOrDefault();

    private static int? Number(ILookup<string, string> flags, string name) =>
        Last(flags, name) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new StartupException($"--{name}: '{text}' is not a number");

    private static ILookup<string, string> Flags(IReadOnlyList<string> arguments)
    {
        var flags = new List<(string Name, string Value)>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith('-'))
                throw new StartupException($"unexpected argument '{arguments[i]}'");
            var name = arguments[i].TrimStart('-');
            if (name.IndexOf('=', StringComparison.Ordinal) is var equals and > 0)
                flags.Add((name[..equals], name[(equals + 1)..]));
            else if (Switches.Contains(name))
                flags.Add((name, "true"));
            else if (i + 1 < arguments.Count)
                flags.Add((name, arguments[++i]));
            else
                throw new StartupException($"--{name} needs a value");
        }

        return flags.ToLookup(flag => flag.Name, flag => flag.Value, StringComparer.OrdinalIgnoreCase);
    }
}
