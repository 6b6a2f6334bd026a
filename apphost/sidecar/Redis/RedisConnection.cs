using Platform.Sidecar.Hosting;
using StackExchange.Redis;

namespace Platform.Sidecar.Redis;

/// <summary>A server and login: one connection that all commands share, which comes back by itself after an outage.</summary>
internal sealed class RedisConnection(ConfigurationOptions options, bool isCluster) : IAsyncDisposable
{
    private const int ScanPage = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan[] RetryPauses = [TimeSpan.Zero, TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250)];

    private readonly Lazy<Task<ConnectionMultiplexer>> _connection = new(() => ConnectionMultiplexer.ConnectAsync(options));

    public bool IsCluster => isCluster;

    public int DatabaseNumber => options.DefaultDatabase ?? 0;

    public bool IsConnected => _connection is { IsValueCreated: true, Value.IsCompletedSuccessfully: true };

    /// <summary>Only after <see cref="Connect"/>.</summary>
    public ConnectionMultiplexer Multiplexer => _connection.Value.Result;

    public IDatabase Database => Multiplexer.GetDatabase();

    /// <summary>Returns when the server answers.</summary>
    /// <exception cref="StartupException">It does not, in the time that it was given, or it refuses the login.</exception>
    public async Task Connect(CancellationToken cancellationToken)
    {
        var reason = "nobody listens";
        while (true)
        {
            try
            {
                var connection = await _connection.Value.WaitAsync(cancellationToken);
                await connection.GetDatabase().PingAsync().WaitAsync(cancellationToken);
                await SignIn(connection.GetDatabase()).WaitAsync(cancellationToken);
                return;
            }
            catch (Exception error) when (RedisFailure.IsAway(error))
            {
                reason = RedisFailure.Reason(error);
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (Exception error) when (error is RedisException or OperationCanceledException)
            {
                var last = error is RedisException ? RedisFailure.Reason(error) : reason;
                throw new StartupException($"Redis at {string.Join(", ", options.EndPoints)} is not to be had: {last}", error);
            }
        }
    }

    // The client goes on without a login that the server has refused; as the server's default user, where that needs no password.
    private Task SignIn(IDatabase database) => options.Password is not { Length: > 0 } password ? Task.CompletedTask
        : database.ExecuteAsync("AUTH", options.User is { Length: > 0 } user ? [user, password] : [password]);

    /// <summary>A connection for commands that block, which would hold up everybody on the shared one.</summary>
    /// <param name="longest">How long a command may take.</param>
    public Task<ConnectionMultiplexer> OpenForBlocking(TimeSpan longest)
    {
        var own = options.Clone();
        own.AsyncTimeout = (int)longest.TotalMilliseconds;
        own.CommandMap = CommandMap.Create(["SUBSCRIBE"], available: false);
        own.Protocol = RedisProtocol.Resp2;
        return ConnectionMultiplexer.ConnectAsync(own);
    }

    /// <summary>Repeats what is safe to repeat when the connection broke before the answer came.</summary>
    public async Task<T> Retry<T>(Func<IDatabase, Task<T>> operation, CancellationToken cancellationToken)
    {
        foreach (var pause in RetryPauses)
        {
            try
            {
                return await operation(Database).WaitAsync(cancellationToken);
            }
            catch (RedisConnectionException)
            {
                await Task.Delay(pause, cancellationToken);
            }
        }

        return await operation(Database).WaitAsync(cancellationToken);
    }

    /// <summary>All keys that match, of all masters of a cluster. A scan may meet a key twice; here each comes once.</summary>
    public async Task<IReadOnlyCollection<string>> Keys(string pattern, CancellationToken cancellationToken)
    {
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var server in Multiplexer.GetServers().Where(server => !server.IsReplica))
        {
            await foreach (var key in server.KeysAsync(DatabaseNumber, pattern, ScanPage).WithCancellation(cancellationToken))
                keys.Add(key!);
        }

        return keys;
    }

    public async ValueTask DisposeAsync()
    {
        if (IsConnected)
            await Multiplexer.DisposeAsync();
    }
}
