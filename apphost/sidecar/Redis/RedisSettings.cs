using System.Globalization;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;
using StackExchange.Redis;

namespace Platform.Sidecar.Redis;

/// <summary>How a component reaches Redis: the metadata that all of Dapr's Redis components have.</summary>
/// <remarks>
/// Sizes and ages of a connection pool (<c>poolSize</c>, <c>idleTimeout</c> …) are accepted and mean nothing here: one connection is shared by all.
/// </remarks>
internal static class RedisSettings
{
    private const int DefaultPort = 6379;

    public static ConfigurationOptions From(ComponentSpec spec)
    {
        if (spec.Flag("useEntraID") || spec.Flag("useOIDC"))
            throw new StartupException("sign-in by Entra ID or OIDC is not served; give redisUsername and redisPassword");
        var options = new ConfigurationOptions
        {
            AbortOnConnectFail = false,
            // CONFIG, to switch the notifications of a configuration store on.
            AllowAdmin = true,
            AsyncTimeout = Milliseconds(spec, "readTimeout") ?? 5000,
            ClientName = "sidecar",
            ConnectTimeout = Milliseconds(spec, "dialTimeout") ?? 5000,
            DefaultDatabase = Database(spec),
            IncludeDetailInExceptions = false,
            Password = spec["redisPassword"],
            ReconnectRetryPolicy = new LinearRetry(500),
            User = spec["redisUsername"],
        };
        AddHosts(options, spec);
        AddSentinel(options, spec);
        AddTls(options, spec);
        return options;
    }

    /// <summary>A duration, or a number of milliseconds; null where the item is missing.</summary>
    public static TimeSpan? Duration(ComponentSpec spec, string key) => spec[key] is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? TimeSpan.FromMilliseconds(milliseconds)
        : GoDuration.Parse(text, key);

    public static bool IsCluster(ComponentSpec spec) => spec["redisType"]?.ToLowerInvariant() switch
    {
        null or "node" => false,
        "cluster" => true,
        var other => throw new StartupException($"redisType '{other}' is neither node nor cluster"),
    };

    private static void AddHosts(ConfigurationOptions options, ComponentSpec spec)
    {
        var hosts = spec["redisHost"] ?? throw new StartupException("redisHost is missing or empty");
        foreach (var host in hosts.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, port) = Split(host);
            if (port is not null && spec["redisPort"] is { } other && other != port)
                throw new StartupException($"redisHost '{host}' has a port already, and redisPort says {other}; name it in one place");
            options.EndPoints.Add(name, Port(port ?? spec["redisPort"]));
        }
    }

    private static (string Name, string? Port) Split(string host)
    {
        var colon = host.LastIndexOf(':');
        var isBareAddress = host.IndexOf(':', StringComparison.Ordinal) != colon && !host.Contains(']', StringComparison.Ordinal);
        return colon < 0 || isBareAddress || host.EndsWith(']')
            ? (host.Trim('[', ']'), null)
            : (host[..colon].Trim('[', ']'), host[(colon + 1)..]);
    }

    private static int Port(string? text) => text is null ? DefaultPort
        : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port
        : throw new StartupException($"'{text}' is not a port of Redis");

    private static void AddSentinel(ConfigurationOptions options, ComponentSpec spec)
    {
        if (!spec.Flag("failover"))
            return;
        options.ServiceName = spec["sentinelMasterName"] ?? throw new StartupException("failover needs sentinelMasterName");
        options.SentinelUser = spec["sentinelUsername"];
        options.SentinelPassword = spec["sentinelPassword"];
    }

    private static void AddTls(ConfigurationOptions options, ComponentSpec spec)
    {
        if (!spec.Flag("enableTLS"))
            return;
        options.Ssl = true;
        options.SslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13;
        if (spec.Flag("insecureSkipTLSVerify"))
            options.CertificateValidation += static (_, certificate, _, _) => certificate is not null;
        if (spec["clientCert"] is { } certificate && spec["clientKey"] is { } key)
        {
            var pair = X509Certificate2.CreateFromPem(certificate, key);
            options.CertificateSelection += (_, _, _, _, _) => pair;
        }
    }

    private static int Database(ComponentSpec spec) => spec["redisDB"] is not { } text || IsCluster(spec) ? 0
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new StartupException($"redisDB '{text}' is not a number");

    private static int? Milliseconds(ComponentSpec spec, string key) =>
        Duration(spec, key) is { } duration && duration > TimeSpan.Zero ? (int)duration.TotalMilliseconds : null;
}
