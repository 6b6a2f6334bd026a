using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.Http.Connections.Client;
using Microsoft.AspNetCore.SignalR.Client;
using Platform.Demo;
using Platform.Testing;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>What one person does is seen by another, at another gateway, from the write to the hint; and by nobody of another company.</summary>
public sealed class LiveFacts(RunningStack stack)
{
    private const string Alice = "alice@acme.example";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_at_one_gateway_is_told_at_another_and_nowhere_else()
    {
        await using var second = await SecondGateway.StartAsync(stack);
        using var alice = await stack.HttpForAliceAsync();
        using var greg = await stack.HttpForGregAsync();
        var id = (await CreateAsync(alice, "Live")).GetProperty("id").GetString();
        await using var here = await Listener.ConnectAsync(second.Address, await TokenAsync("sam@acme.example"));
        await using var stranger = await Listener.ConnectAsync(second.Address, await TokenAsync("greg@globex.example"));
        var before = long.Parse((await here.AskAsync($"contacts.person/{id}")).GetProperty("cursor").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Null(await here.JoinAsync("contacts.person"));
        Assert.Null(await stranger.JoinAsync("contacts.person"));
        Assert.Equal("NOT_FOUND", await stranger.JoinAsync($"contacts.person/{id}"));
        here.Told.Clear();

        var written = TimeProvider.System.GetTimestamp();
        using (var answer = await alice.PatchAsync(new Uri($"/api/v1/contacts/people/{id}?updateMask=jobTitle", UriKind.Relative), JsonContent.Create(new { jobTitle = "Chair" }), Token))
            answer.EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(() => here.Hears($"contacts.person/{id}", "changed") && here.Hears("contacts.person", "changed"), Eventually.Promptly);
        TestContext.Current.SendDiagnosticMessage("A change was told after {0} ms.", TimeProvider.System.GetElapsedTime(written).TotalMilliseconds);
        Assert.DoesNotContain(here.Told, hint => hint.GetRawText().Contains("Chair", StringComparison.Ordinal));

        // Somebody who was away asks the other gateway, with what this one has told.
        await using (var back = await Listener.ConnectAsync(stack.Gateway, await TokenAsync("sam@acme.example")))
        {
            Assert.True((await back.AskAsync($"contacts.person/{id}", before)).GetProperty("changed").GetBoolean());
            await Eventually.HoldsAsync(async () => await back.AskAsync($"contacts.person/{id}", here.Cursor) is var answer && answer.GetProperty("cursor").ValueKind == JsonValueKind.String && !answer.GetProperty("changed").GetBoolean());
        }

        using (var answer = await alice.DeleteAsync(new Uri($"/api/v1/contacts/people/{id}", UriKind.Relative), Token))
            answer.EnsureSuccessStatusCode();
        await Eventually.HoldsAsync(() => here.Hears($"contacts.person/{id}", "gone"), Eventually.Promptly);
        Assert.Empty(stranger.Told);
        await CreateAsync(greg, "Live");
        await Eventually.HoldsAsync(() => stranger.Hears("contacts.person", "changed"), Eventually.Promptly);
    }

    [Fact]
    public async Task A_session_that_is_ended_elsewhere_ends_its_connection_and_pages_of_others_have_none()
    {
        await using var second = await SecondGateway.StartAsync(stack);
        using var here = await WebBrowser.SignedInAsync(stack.Gateway, Alice);
        using var there = here.At(second.Address);
        await Assert.ThrowsAnyAsync<Exception>(() => Listener.ConnectAsync(second.Address, null, WithCookie(there, "https://elsewhere.example")));
        await using var live = await Listener.ConnectAsync(second.Address, null, WithCookie(there, second.Address.GetLeftPart(UriPartial.Authority)));
        Assert.Null(await live.JoinAsync("deals.deal"));
        using var logout = await here.ChangeAsync(HttpMethod.Post, "/bff/logout");
        await Eventually.HoldsAsync(() => live.End == "SESSION_EXPIRED" && !live.IsConnected, Eventually.Promptly);
    }

    private static Action<HttpConnectionOptions> WithCookie(WebBrowser browser, string origin) => connection =>
    {
        connection.Headers["Cookie"] = browser.SessionCookie;
        connection.Headers["Origin"] = origin;
    };

    private Task<string> TokenAsync(string email) => SignIn.GetTokenAsync(stack.Identity, email, "demo", Token);

    private static async Task<JsonElement> CreateAsync(HttpClient http, string name)
    {
        using var answer = await http.PostAsJsonAsync("/api/v1/contacts/people", new { firstName = name, lastName = $"{Guid.NewGuid():N}" }, Token);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<JsonElement>(Token);
    }

    /// <summary>A connection to the hub, as any client makes it.</summary>
    private sealed class Listener(HubConnection hub) : IAsyncDisposable
    {
        public ConcurrentQueue<JsonElement> Told { get; } = new();

        public long Cursor { get; private set; }

        public string? End { get; private set; }

        public bool IsConnected => hub.State == HubConnectionState.Connected;

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
            hub.On<JsonElement>("changed", listener.Told.Enqueue);
            hub.On<JsonElement>("told", told => listener.Cursor = long.Parse(told.GetProperty("cursor").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
            hub.On<JsonElement>("ended", why => listener.End = why.GetProperty("code").GetString());
            await hub.StartAsync(Token);
            return listener;
        }

        public Task<JsonElement> AskAsync(string room, long? cursor = null) => hub.InvokeAsync<JsonElement>("Join", room, new { cursor = cursor?.ToString(System.Globalization.CultureInfo.InvariantCulture) }, Token);

        /// <summary>The code of the refusal; null where there was none.</summary>
        public async Task<string?> JoinAsync(string room) => (await AskAsync(room)).GetProperty("error") is { ValueKind: JsonValueKind.Object } error ? error.GetProperty("code").GetString() : null;

        public bool Hears(string room, string kind) => Told.Any(hint => hint.GetProperty("room").GetString() == room && hint.GetProperty("kind").GetString() == kind);

        public ValueTask DisposeAsync() => hub.DisposeAsync();
    }
}
