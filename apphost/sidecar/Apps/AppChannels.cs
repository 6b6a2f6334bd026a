using System.Collections.Concurrent;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Apps;

/// <summary>Makes the channels to all apps on one pool of connections.</summary>
internal sealed class AppChannels : IDisposable
{
    private readonly SocketsHttpHandler _handler = AppChannel.CreateHandler();
    private readonly ConcurrentBag<AppChannel> _channels = [];

    public AppChannel? Create(AppOptions options)
    {
        if (options.AppPort is null or 0)
            return null;
        var channel = new AppChannel(options, _handler);
        _channels.Add(channel);
        return channel;
    }

    public void Dispose()
    {
        foreach (var channel in _channels)
            channel.Dispose();
        _handler.Dispose();
    }
}
