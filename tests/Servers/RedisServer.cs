using System.Globalization;
using System.Net.Sockets;
using Platform.LocalPostgres.Processes;

namespace Platform.TestServers;

/// <summary>Redis of Debian's package <c>redis-server</c>. What it has accepted survives <see cref="TestServer.KillAsync"/>.</summary>
public sealed class RedisServer : TestServer
{
    private readonly ServerFolder _folder = new("redis");

    private RedisServer()
    {
    }

    /// <summary>Host and port, as <c>redisHost</c> of a component and StackExchange.Redis take them.</summary>
    public override string Endpoint => $"127.0.0.1:{Port}";

    /// <summary>Starts a server of its own.</summary>
    public static async Task<RedisServer> StartAsync()
    {
        var server = new RedisServer();
        await server.StartAgainAsync();
        return server;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    /// <inheritdoc/>
    protected override ChildProcessOptions Command() => new("redis-server",
    [
        "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", _folder.Path,
        "--save", "", "--appendonly", "yes", "--appendfsync", "no", "--notify-keyspace-events", "KEA",
    ])
    {
        WorkingDirectory = _folder.Path,
        User = _folder.User,
    };

    /// <inheritdoc/>
    protected override async Task<bool> GreetsAsync(NetworkStream stream)
    {
        await stream.WriteAsync("PING\r\n"u8.ToArray());
        var answer = new byte[5];
        return await stream.ReadAtLeastAsync(answer, answer.Length, throwOnEndOfStream: false) == answer.Length && answer.AsSpan().SequenceEqual("+PONG"u8);
    }
}
