using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;
using System.Threading.Channels;
using Platform.Testing;

namespace Isolation.Tests.Installation;

/// <summary>An event as it was published.</summary>
internal sealed record PublishedEvent(string Topic, Guid Tenant, string Type, string Text);

/// <summary>Takes events from the services' relays, keeps them for the tests to read, and delivers each to whoever asked for its topic.</summary>
internal sealed class Broker : IAsyncDisposable
{
    private const int MaxDeliveries = 5;
    private readonly Channel<PublishedEvent> _queue = Channel.CreateUnbounded<PublishedEvent>();
    private readonly Dictionary<string, List<IServiceHost>> _subscribers = [];
    private Task _delivering = Task.CompletedTask;
    private int _pending;

    public ConcurrentQueue<PublishedEvent> Published { get; } = new();

    /// <summary>Deliveries that a service did not take after several tries.</summary>
    public ConcurrentQueue<string> Refused { get; } = new();

    public bool IsIdle => Volatile.Read(ref _pending) == 0;

    public async Task StartAsync(IEnumerable<IServiceHost> hosts)
    {
        foreach (var host in hosts)
        {
            foreach (var topic in await host.TopicsAsync())
                (_subscribers.TryGetValue(topic, out var list) ? list : _subscribers[topic] = []).Add(host);
        }

        _delivering = DeliverAllAsync();
    }

    public void Publish(string topic, string text)
    {
        using var document = JsonDocument.Parse(text);
        var published = new PublishedEvent(topic, document.RootElement.GetProperty("tenantid").GetGuid(), document.RootElement.GetProperty("type").GetString()!, text);
        Published.Enqueue(published);
        Interlocked.Increment(ref _pending);
        _queue.Writer.TryWrite(published);
    }

    /// <summary>Hands an event to one service as the sidecar does; the answer is SUCCESS, RETRY or DROP.</summary>
    public static async Task<string> DeliverAsync(IServiceHost host, string topic, string text)
    {
        using var client = new HttpClient(host.CreateHandler()) { BaseAddress = new Uri($"http://{host.AppId}/"), DefaultRequestVersion = System.Net.HttpVersion.Version20 };
        client.DefaultRequestHeaders.Add("dapr-api-token", ServiceFixture<Broker>.SidecarToken);
        using var content = new StringContent(text, System.Text.Encoding.UTF8, "application/cloudevents+json");
        using var response = await client.PostAsync(new Uri($"events/{topic}", UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["status"];
    }

    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _delivering;
    }

    private async Task DeliverAllAsync()
    {
        await foreach (var published in _queue.Reader.ReadAllAsync())
        {
            foreach (var host in _subscribers.GetValueOrDefault(published.Topic) ?? [])
                await DeliverAsync(host, published);
            Interlocked.Decrement(ref _pending);
        }
    }

    private async Task DeliverAsync(IServiceHost host, PublishedEvent published)
    {
        for (var attempt = 1; attempt <= MaxDeliveries; attempt++)
        {
            if (await DeliverAsync(host, published.Topic, published.Text) != "RETRY")
                return;
        }

        Refused.Enqueue($"{host.AppId}: {published.Type}");
    }
}
