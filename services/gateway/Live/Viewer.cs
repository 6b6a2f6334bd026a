using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Platform.Gateway.Sessions;

namespace Platform.Gateway.Live;

/// <summary>One connection: who it is, where it is, and what it is still to be told.</summary>
internal sealed class Viewer(HubCallerContext context, ISingleClientProxy client, Guid tenant, string user, string name)
{
    private const int MostUntold = 500;

    private readonly Channel<(string Method, object Message)> _untold = Channel.CreateBounded<(string, object)>(MostUntold);
    private int _ended;

    public string Id { get; } = context.ConnectionId;

    /// <summary>How others' gateways know it.</summary>
    public string Window { get; } = Guid.NewGuid().ToString("N");

    public Guid Tenant { get; } = tenant;

    /// <summary>The subject of the token.</summary>
    public string User { get; } = user;

    /// <summary>For others who look at the same.</summary>
    public string Name { get; } = name;

    /// <summary>Whether it is a person, whom others see.</summary>
    public bool IsPerson => Guid.TryParse(User, out _) && Name.Length > 0;

    /// <summary>The key of the browser's session; null where a token came.</summary>
    public string? SessionKey { get; init; }

    /// <summary>The session as it was read last.</summary>
    public Session? Session { get; set; }

    /// <summary>The token or key that came; empty where a session is.</summary>
    public string Bearer { get; init; } = "";

    /// <summary>When the token that came expires.</summary>
    public DateTimeOffset? ExpireTime { get; init; }


    public ConcurrentDictionary<string, Room> Rooms { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether it may see the list or the board, and when that was asked.</summary>
    public ConcurrentDictionary<string, (long AskedAt, bool Allowed)> Lists { get; } = new(StringComparer.Ordinal);

    public CancellationToken Gone { get; } = context.ConnectionAborted;

    /// <summary>Tells it something, in order. Nobody waits for a slow connection: it is ended, and asks for what it missed when it is back.</summary>
    public void Tell(string method, object message)
    {
        if (!_untold.Writer.TryWrite((method, message)))
            End(LiveError.TooSlow);
    }

    /// <summary>Says why, and ends it.</summary>
    public void End(LiveError why)
    {
        if (Interlocked.Exchange(ref _ended, 1) == 1)
            return;
        _untold.Writer.TryWrite(("ended", why));
        _untold.Writer.TryComplete();
    }

    /// <summary>Sends what it is told, until it ends.</summary>
    public async Task SendAsync()
    {
        try
        {
            await foreach (var (method, message) in _untold.Reader.ReadAllAsync(Gone))
                await client.SendAsync(method, message, Gone);
        }
        catch (OperationCanceledException)
        {
            // It has gone.
        }

        context.Abort();
    }
}
