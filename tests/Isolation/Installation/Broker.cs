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
    private readonly Dictionary<string, List<(IServiceHost Host, Subscription Subscription)>> _subscribers = [];
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
            foreach (var subscription in await host.SubscriptionsAsync())
                (_subscribers.TryGetValue(subscription.Topic, out var list) ? list : _subscribers[subscription.Topic] = []).Add((host, subscription));
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

    /// <summary>Whether the service takes many events at once.</summary>
    public bool TakesBulks(IServiceHost host) => _subscribers.Values.SelectMany(list => list).Any(subscriber => subscriber.Host == host && subscriber.Subscription.IsBulk);

    /// <summary>Hands an event to one service as the sidecar does; the answer is SUCCESS, RETRY or DROP.</summary>
    public static async Task<string> DeliverAsync(IServiceHost host, string topic, string text)
    {
        using var response = await PostAsync(host, $"events/{topic}", text, "application/cloudevents+json");
        return (await response.Content.ReadFromJsonAsync<Dictionary<string, string>>())!["status"];
    }

    /// <summary>The same among others, to a service that takes bulks.</summary>
    public static Task<string> DeliverInBulkAsync(IServiceHost host, string topic, string text) => DeliverInBulkToAsync(host, $"events/{topic}/bulk", text);

    private static async Task<string> DeliverInBulkToAsync(IServiceHost host, string path, string text)
    {
        // With it comes what is no event, twice, and it is not the first.
        var bulk = $$"""{"type":"com.dapr.event.sent.bulk","entries":[{"entryId":"none","event":null},{"entryId":"one","event":{{text}}},{"event":{{text}}}]}""";
        using var response = await PostAsync(host, path, bulk, "application/json");
        var statuses = (await response.Content.ReadFromJsonAsync<Dictionary<string, List<Dictionary<string, string>>>>())!["statuses"];
        return statuses.Single(status => status["entryId"] == "one")["status"];
    }

    private static async Task<HttpResponseMessage> PostAsync(IServiceHost host, string path, string text, string contentType)
    {
        using var client = new HttpClient(host.CreateHandler()) { BaseAddress = new Uri($"http://{host.AppId}/"), DefaultRequestVersion = System.Net.HttpVersion.Version20 };
        client.DefaultRequestHeaders.Add("dapr-api-token", ServiceFixture<Broker>.SidecarToken);
        using var content = new StringContent(text, System.Text.Encoding.UTF8, contentType);
        return (await client.PostAsync(new Uri(path, UriKind.Relative), content)).EnsureSuccessStatusCode();
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
            foreach (var (host, subscription) in _subscribers.GetValueOrDefault(published.Topic) ?? [])
                await DeliverAsync(host, subscription, published);
            Interlocked.Decrement(ref _pending);
        }
    }

    // At the door that the service named.
    private async Task DeliverAsync(IServiceHost host, Subscription subscription, PublishedEvent published)
    {
        for (var attempt = 1; attempt <= MaxDeliveries; attempt++)
        {
            var status = subscription.IsBulk
                ? await DeliverInBulkToAsync(host, subscription.Routes.Rules[0].Path.TrimStart('/'), published.Text)
                : await DeliverAsync(host, published.Topic, published.Text);
            if (status != "RETRY")
                return;
        }

        Refused.Enqueue($"{host.AppId}: {published.Type}");
    }
}
