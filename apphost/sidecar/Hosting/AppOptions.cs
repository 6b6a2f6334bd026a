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

    /// <summary>Variables of the run file; they win over those of the process.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    public string? Variable(string name) =>
        Environment.TryGetValue(name, out var value) ? value : System.Environment.GetEnvironmentVariable(name);

    /// <summary>Empty when NAMESPACE is not set, as in daprd's standalone mode.</summary>
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
