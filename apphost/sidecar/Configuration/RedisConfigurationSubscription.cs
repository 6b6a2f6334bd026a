using System.Threading.Channels;
using StackExchange.Redis;

namespace Platform.Sidecar.Configuration;

/// <summary>Turns a subscriber's notifications of many channels into one sequence.</summary>
internal sealed class RedisConfigurationSubscription(
    ISubscriber subscriber, IReadOnlyList<RedisChannel> channels, int prefix, Func<string, CancellationToken, Task> changed) : IAsyncDisposable
{
    private readonly Channel<string> _keys = Channel.CreateUnbounded<string>(new UnboundedChannelOptions { SingleReader = true });
    private readonly CancellationTokenSource _ending = new();
    private Task _telling = Task.CompletedTask;

    public async Task Start(CancellationToken cancellationToken)
    {
        foreach (var channel in channels)
            await subscriber.SubscribeAsync(channel, Note).WaitAsync(cancellationToken);
        _telling = Tell();
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        foreach (var channel in channels)
            await subscriber.UnsubscribeAsync(channel, Note, CommandFlags.FireAndForget);
        _keys.Writer.Complete();
        await _telling;
        _ending.Dispose();
    }

    private void Note(RedisChannel channel, RedisValue happened) => _keys.Writer.TryWrite(((string)channel!)[prefix..]);

    private async Task Tell()
    {
        await foreach (var key in _keys.Reader.ReadAllAsync(CancellationToken.None))
        {
            try
            {
                if (!_ending.IsCancellationRequested)
                    await changed(key, _ending.Token);
            }
            catch (Exception error) when (error is RedisException or RedisTimeoutException or OperationCanceledException)
            {
                // The server went away before the value was read: what is missed in an outage is not told.
            }
        }
    }
}
