using System.Globalization;

namespace Platform.Sidecar.Hosting;

/// <summary>Either <c>--run-file dapr.yaml</c> with all its apps, or one app in daprd's own flags.</summary>
internal static class CommandLine
{
    public static IReadOnlyList<AppOptions> Parse(IReadOnlyList<string> arguments)
    {
        var flags = Flags.Parse(arguments);
        return flags["run-file"].FirstOrDefault() is { } runFile ? RunFile.Read(runFile) : [FromFlags(flags)];
    }

    private static AppOptions FromFlags(ILookup<string, string> flags)
    {
        var defaults = new AppOptions { AppId = Last(flags, "app-id") ?? throw new StartupException("--app-id or --run-file is required") };
        return defaults with
        {
            IsAlone = true,
            AppPort = Number(flags, "app-port"),
            AppProtocol = Protocol(Last(flags, "app-protocol")),
            ChannelAddress = Last(flags, "app-channel-address") ?? defaults.ChannelAddress,
            HttpPort = Number(flags, "dapr-http-port") ?? defaults.HttpPort,
            GrpcPort = Number(flags, "dapr-grpc-port") ?? defaults.GrpcPort,
            ListenAddresses = Last(flags, "dapr-listen-addresses") ?? defaults.ListenAddresses,
            ResourcesPaths = [.. flags["resources-path"].Concat(flags["components-path"]).SelectMany(Parts)],
            ConfigPaths = [.. flags["config"].SelectMany(Parts)],
            MaxBodySize = MaxBodySize(flags) ?? defaults.MaxBodySize,
            MaxConcurrency = Number(flags, "app-max-concurrency") ?? -1,
            DisabledInitEndpoints = flags["disable-init-endpoints"].SelectMany(value => value.Split(',', StringSplitOptions.TrimEntries)).ToHashSet(),
            GracefulShutdown = TimeSpan.FromSeconds(Number(flags, "dapr-graceful-shutdown-seconds") ?? 5),
            Health = Health(flags),
            BlockShutdown = Duration(flags, "dapr-block-shutdown-duration"),
            BindingOptionsTimeout = Duration(flags, "app-binding-options-timeout") is { } timeout && timeout > TimeSpan.Zero ? timeout : defaults.BindingOptionsTimeout,
            AllowedOrigins = Last(flags, "allowed-origins") ?? "",
            LogsCalls = Last(flags, "enable-api-logging") is "true",
            LogLevel = Level(Last(flags, "log-level")),
            MaxHeaderSize = Last(flags, "read-buffer-size") is { } size ? ByteSize.Parse(size) : Number(flags, "dapr-http-read-buffer-size") * 1024L,
            MetricsPort = Last(flags, "enable-metrics") is "false" ? null : Number(flags, "metrics-port") ?? AppOptions.DefaultMetricsPort,
            InsistsOnMetricsPort = flags.Contains("metrics-port"),
            FlagsWithoutEffect = Flags.Unserved(flags),
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

    private static LogLevel Level(string? text) => text?.ToLowerInvariant() switch
    {
        null or "" or "info" => LogLevel.Information,
        "debug" => LogLevel.Debug,
        "warn" => LogLevel.Warning,
        "error" => LogLevel.Error,
        "fatal" => LogLevel.Critical,
        _ => throw new StartupException($"log level '{text}' is none; the levels are debug, info, warn, error, fatal"),
    };

    private static TimeSpan? Duration(ILookup<string, string> flags, string name) =>
        Last(flags, name) is { Length: > 0 } text ? GoDuration.Parse(text, "--" + name) : null;

    private static string[] Parts(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string? Last(ILookup<string, string> flags, string name) => flags[name].LastOrDefault();

    private static int? Number(ILookup<string, string> flags, string name) =>
        Last(flags, name) is not { Length: > 0 } text ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new StartupException($"--{name}: '{text}' is not a number");
}
