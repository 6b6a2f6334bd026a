using System.Threading.Channels;

namespace Platform.Sidecar.PubSub.Embedded;

/// <summary>Wakes one waiter; a signal that comes while nobody waits is kept, several count as one.</summary>
internal sealed class Signal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(new BoundedChannelOptions(1)
    {
        FullMode = BoundedChannelFullMode.DropWrite,
        SingleReader = true,
    });

    public void Set() => _channel.Writer.TryWrite(true);

    public async Task Wait(CancellationToken cancellationToken) => await _channel.Reader.ReadAsync(cancellationToken);

    /// <returns>False when the time ran out first.</returns>
    public async Task<bool> Wait(TimeSpan longest, CancellationToken cancellationToken)
    {
        if (_channel.Reader.TryRead(out _))
            return true;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(longest);
        try
        {
            await _channel.Reader.ReadAsync(limit.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
