using System.Net.Sockets;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.Apps;

/// <summary>
/// Finds out whether an app is up. Without health checks an app is up while it listens: a connection held open
/// tells at once, and at no cost, when its process ends.
/// </summary>
internal sealed class AppProbe(AppHealthCheck health)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);

    // What is published between an app's start and its first subscription does not reach it: this must be short.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ShortestConnection = TimeSpan.FromSeconds(1);

    public async Task WaitUntilUp(SidecarApp app, AppChannel channel, CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; !await IsUp(app, channel, cancellationToken); pause = Min(pause * 1.5, LongestPause))
            await Task.Delay(pause, cancellationToken);
    }

    public Task WaitUntilDown(SidecarApp app, AppChannel channel, CancellationToken cancellationToken) =>
        app.Options.Health.Enabled
            ? health.WaitUntilUnhealthy(app.Options.Health, channel, cancellationToken)
            : WaitUntilClosed(channel, cancellationToken);

    private async Task<bool> IsUp(SidecarApp app, AppChannel channel, CancellationToken cancellationToken)
    {
        using var connection = await Connect(channel, cancellationToken);
        return connection is not null && (!app.Options.Health.Enabled || await health.IsHealthy(app.Options.Health, channel, cancellationToken));
    }

    private static async Task WaitUntilClosed(AppChannel channel, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Servers close idle connections after a while: that it can be opened again tells this apart from an end.
            using var connection = await Connect(channel, cancellationToken);
            if (connection is null)
                return;
            var opened = Environment.TickCount64;
            await ReadToEnd(connection, cancellationToken);
            if (Environment.TickCount64 - opened < ShortestConnection.TotalMilliseconds)
                await Task.Delay(FirstPause, cancellationToken);
        }
    }

    private static async Task<Socket?> Connect(AppChannel channel, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(channel.Host, channel.Port, cancellationToken);
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            return null;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static async Task ReadToEnd(Socket connection, CancellationToken cancellationToken)
    {
        var buffer = new byte[256];
        try
        {
            while (await connection.ReceiveAsync(buffer, cancellationToken) > 0)
            {
                // An HTTP/2 server says its settings first; nothing of it matters here.
            }
        }
        catch (SocketException)
        {
            // Reset: the app ended without a farewell.
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
