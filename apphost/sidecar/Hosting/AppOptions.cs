namespace Platform.Sidecar.Hosting;

/// <summary>The protocol that an app speaks on its port.</summary>
internal enum AppProtocol
{
    Http,
    H2c,
    Grpc,
}

/// <summary>What one app asks of its sidecar: daprd's flags, or an entry of the run file.</summary>
internal sealed record AppOptions
{
    public const int DefaultMetricsPort = 9090;

    public required string AppId { get; init; }

    /// <summary>Null for an app that only calls and is never called.</summary>
    public int? AppPort { get; init; }

    public AppProtocol AppProtocol { get; init; } = AppProtocol.Http;
    public string ChannelAddress { get; init; } = "127.0.0.1";
    public int HttpPort { get; init; } = 3500;
    public int GrpcPort { get; init; } = 50001;
    public string ListenAddresses { get; init; } = "127.0.0.1";
    public IReadOnlyList<string> ResourcesPaths { get; init; } = [];
    public IReadOnlyList<string> ConfigPaths { get; init; } = [];

    /// <summary>Largest request body that the HTTP API accepts, in bytes.</summary>
    public long MaxBodySize { get; init; } = 4 * 1024 * 1024;

    /// <summary>Most calls to the app at one time; -1 is no limit.</summary>
    public int MaxConcurrency { get; init; } = -1;

    public AppHealthOptions Health { get; init; } = new();

    /// <summary>How long an app may take to say whether it wants a binding's events.</summary>
    public TimeSpan BindingOptionsTimeout { get; init; } = TimeSpan.FromSeconds(3);

    public IReadOnlySet<string> DisabledInitEndpoints { get; init; } = new HashSet<string>();

    /// <summary>How long running deliveries may take to finish after a stop.</summary>
    public TimeSpan GracefulShutdown { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long, after a stop, the API still serves the app that gets nothing any more; null for not at all.</summary>
    public TimeSpan? BlockShutdown { get; init; }

    /// <summary>Origins from which browsers may call, with commas between, or <c>*</c>; empty for none.</summary>
    public string AllowedOrigins { get; init; } = "";

    /// <summary>Whether each call of the API is logged.</summary>
    public bool LogsCalls { get; init; }

    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    /// <summary>Largest sum of a request's headers in bytes; null for the server's own limit.</summary>
    public long? MaxHeaderSize { get; init; }

    /// <summary>Where <c>/metrics</c> is; null for nowhere.</summary>
    public int? MetricsPort { get; init; }

    /// <summary>False when the port is only daprd's default, without which the sidecar does as well.</summary>
    public bool InsistsOnMetricsPort { get; init; }

    /// <summary>Flags of daprd's that were given and change nothing here.</summary>
    public IReadOnlyList<string> FlagsWithoutEffect { get; init; } = [];

    /// <summary>Variables of the run file; they win over those of the process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string? Variable(string name) =>
        Environment.TryGetValue(name, out var value) ? value : System.Environment.GetEnvironmentVariable(name);

    /// <summary>Empty when NAMESPACE is not set, as in daprd's standalone mode.</summary>
    /// <summary>Whether this process is the sidecar of that app only, started with daprd's flags.</summary>
    public bool IsAlone { get; init; }

    public string Namespace => Variable("NAMESPACE") ?? "";
}

/// <summary>How the sidecar finds out whether its app is well.</summary>
internal sealed record AppHealthOptions
{
    public bool Enabled { get; init; }
    public string Path { get; init; } = "/healthz";
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(5);
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMilliseconds(500);
    public int Threshold { get; init; } = 3;
}
