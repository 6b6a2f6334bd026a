using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using Platform.Gateway.Live;
using Platform.Testing;
using Xunit;

namespace Gateway.Tests.Live;

/// <summary>Somebody who is connected to the hub, and keeps what is told.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly HubConnection _hub;

    private Listener(HubConnection hub) => _hub = hub;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ConcurrentQueue<Hint> Hints { get; } = new();

    public ConcurrentDictionary<string, IReadOnlyList<PresentPerson>> People { get; } = new();

    /// <summary>Why it was ended; null while it is not.</summary>
    public string? End { get; private set; }

    public long Told { get; private set; }

    public bool IsConnected => _hub.State == HubConnectionState.Connected;

    public static async Task<Listener> ConnectAsync(Uri gateway, string? token, Action<HttpConnectionOptions>? configure = null)
    {
        var hub = new HubConnectionBuilder().WithUrl(new Uri(gateway, "/hubs/live"), connection =>
        {
            (connection.SkipNegotiation, connection.Transports) = (true, HttpTransportType.WebSockets);
            if (token is not null)
                connection.Headers["Authorization"] = $"Bearer {token}";
            configure?.Invoke(connection);
        }).Build();
        var listener = new Listener(hub);
        hub.On<Hint>("changed", listener.Hints.Enqueue);
        hub.On<Told>("told", told => listener.Told = long.Parse(told.Cursor, System.Globalization.CultureInfo.InvariantCulture));
        hub.On<Present>("present", present => listener.People[present.Room] = present.People);
        hub.On<LiveError>("ended", why => listener.End = why.Code);
        await hub.StartAsync(Token);
        return listener;
    }

    public Task<JoinAnswer> JoinAsync(string room, string? cursor = null) => _hub.InvokeAsync<JoinAnswer>("Join", room, new Since(cursor), Token);

    public Task LeaveAsync(string room) => _hub.InvokeAsync("Leave", room, Token);

    /// <summary>Waits until the room has heard something of this kind, and forgets all that was heard.</summary>
    public async Task HearsAsync(string room, string kind = Hint.Changed)
    {
        await Eventually.HoldsAsync(() => Hints.Any(hint => hint.Room == room && hint.Kind == kind));
        Hints.Clear();
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();
}
