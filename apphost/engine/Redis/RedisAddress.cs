using System.Globalization;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Redis;

/// <summary>What a connection string says: <c>host:port,user=…,password=…</c>.</summary>
internal sealed record RedisAddress(string Host, int Port, string? User, string? Password)
{
    private const int DefaultPort = 6379;

    public static RedisAddress Parse(string connectionString)
    {
        var parts = connectionString.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var settings = parts.Where(part => part.Contains('=', StringComparison.Ordinal)).Select(part => part.Split('=', 2))
            .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        if (parts.FirstOrDefault(part => !part.Contains('=', StringComparison.Ordinal)) is not { } host)
            throw new StackException($"'{connectionString.Split(',')[0]}' names no host of Redis; write host:port,password=…");
        var colon = host.LastIndexOf(':');
        var port = colon < 0 ? DefaultPort : int.Parse(host[(colon + 1)..], CultureInfo.InvariantCulture);
        return new RedisAddress(colon < 0 ? host : host[..colon], port, settings.GetValueOrDefault("user"), settings.GetValueOrDefault("password"));
    }
}
