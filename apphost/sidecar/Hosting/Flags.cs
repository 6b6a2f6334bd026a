namespace Platform.Sidecar.Hosting;

/// <summary>daprd's flags: which of them take no value, and which have no effect here.</summary>
internal static class Flags
{
    /// <summary>True or false; a value is given only with an equals sign.</summary>
    private static readonly HashSet<string> Switches = new(StringComparer.OrdinalIgnoreCase)
    {
        "enable-app-health-check", "enable-api-logging", "enable-profiling", "enable-mtls", "enable-metrics", "log-as-json",
        "app-ssl", "version", "build-info", "wait", "disable-builtin-k8s-secret-store",
    };

    private static readonly HashSet<string> Served = new(StringComparer.OrdinalIgnoreCase)
    {
        "run-file", "app-id", "app-port", "app-protocol", "app-channel-address", "app-max-concurrency", "dapr-http-port", "dapr-grpc-port",
        "dapr-listen-addresses", "resources-path", "components-path", "config", "max-body-size", "dapr-http-max-request-size",
        "read-buffer-size", "dapr-http-read-buffer-size", "enable-app-health-check", "app-health-check-path", "app-health-probe-interval",
        "app-health-probe-timeout", "app-health-threshold", "app-binding-options-timeout", "dapr-graceful-shutdown-seconds",
        "dapr-block-shutdown-duration", "disable-init-endpoints", "allowed-origins", "enable-api-logging", "log-level", "metrics-port",
        "enable-metrics", "version", "build-info", "wait",
    };

    // One process stands for daprd and its control plane, speaks to this machine only, and leaves TLS to others.
    private static readonly HashSet<string> WithoutEffect = new(StringComparer.OrdinalIgnoreCase)
    {
        "mode", "dapr-public-port", "dapr-public-listen-address", "dapr-internal-grpc-port", "dapr-internal-grpc-listen-address", "profile-port",
        "enable-profiling", "control-plane-address", "sentry-address", "control-plane-trust-domain", "control-plane-namespace",
        "sentry-request-jwt-audiences", "enable-mtls", "app-ssl", "unix-domain-socket", "disable-builtin-k8s-secret-store",
        "placement-host-address", "scheduler-host-address", "scheduler-job-streams", "actors-disseminate-timeout",
        "hot-reload-reconcile-interval", "reminders-service", "actors-service", "log-as-json", "metrics-listen-address", "trust-anchors",
        "trust-anchors-file", "kubeconfig",
    };

    // What says the same as their absence is not worth a line.
    private static readonly HashSet<(string, string)> Harmless = [("mode", "standalone"), ("enable-mtls", "false"), ("enable-profiling", "false"), ("log-as-json", "false"), ("app-ssl", "false")];

    /// <exception cref="StartupException">An argument is no flag, or one that daprd does not have.</exception>
    public static ILookup<string, string> Parse(IReadOnlyList<string> arguments)
    {
        var flags = new List<(string Name, string Value)>();
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!arguments[i].StartsWith('-'))
                throw new StartupException($"unexpected argument '{arguments[i]}'");
            var name = arguments[i].TrimStart('-');
            var equals = name.IndexOf('=', StringComparison.Ordinal);
            var value = equals > 0 ? name[(equals + 1)..] : null;
            name = equals > 0 ? name[..equals] : name;
            if (!Served.Contains(name) && !WithoutEffect.Contains(name))
                throw new StartupException($"unknown flag: --{name}");
            if (value is null && !Switches.Contains(name) && i + 1 == arguments.Count)
                throw new StartupException($"--{name} needs a value");
            flags.Add((name, value ?? (Switches.Contains(name) ? "true" : arguments[++i])));
        }

        return flags.ToLookup(flag => flag.Name, flag => flag.Value, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The given flags that change nothing here.</summary>
    public static IReadOnlyList<string> Unserved(ILookup<string, string> flags) =>
        [.. flags.Where(flag => WithoutEffect.Contains(flag.Key) && flag.Any(value => !Harmless.Contains((flag.Key, value)))).Select(flag => "--" + flag.Key)];
}
