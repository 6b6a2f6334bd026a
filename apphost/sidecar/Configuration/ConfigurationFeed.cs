using System.Threading.Channels;

namespace Platform.Sidecar.Configuration;

/// <summary>Hands changes to a subscriber, one after another, until it is disposed.</summary>
internal sealed class ConfigurationFeed : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly IAsyncDisposable _source;
    private readonly Task _running;

    public ConfigurationFeed(IAsyncDisposable source, ChannelReader<(string Key, ConfigurationItem Item)> changes, ConfigurationChanged changed)
    {
        _source = source;
        _running = Run(changes, changed, _stopping.Token);
    }

    public async ValueTask DisposeAsync()
    {
        await _source.DisposeAsync();
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }

    private static async Task Run(ChannelReader<(string Key, ConfigurationItem Item)> changes, ConfigurationChanged changed, CancellationToken stopping)
    {
        try
        {
            await foreach (var (key, item) in changes.ReadAllAsync(stopping))
                await changed(new Dictionary<string, ConfigurationItem> { [key] = item }, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The subscription has ended.
        }
    }
}
