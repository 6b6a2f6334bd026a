using System.Collections.Concurrent;
using Dapr.Client;
using Grpc.Core;

namespace Platform.Sidecar.Tests.Harness;

/// <summary>Publishes numbers on a topic until told to stop, several at one time, each until it is accepted.</summary>
internal sealed class Flood : IDisposable
{
    private const int Publishers = 8;
    // Slower than one partition is worked off, should all keys fall into one.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly string _topic;
    private readonly DaprClient _dapr;
    private readonly ConcurrentBag<int> _accepted = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _publishing;
    private int _next;
    private int _refused;

    /// <param name="stack">Whose sidecar may be killed meanwhile.</param>
    /// <param name="app">The publisher.</param>
    /// <param name="topic">The topic.</param>
    /// <param name="hasKeys">Whether each publisher has a partition key, so that its numbers go up in its partition.</param>
    public Flood(TestStack stack, string app, string topic, bool hasKeys = false)
    {
        (_topic, _dapr) = (topic, stack.Dapr(app));
        _publishing = Task.WhenAll(Enumerable.Range(0, Publishers).Select(publisher => Publish(hasKeys ? $"key-{publisher}" : null)));
    }

    public int Accepted => _accepted.Count;
    public int Refused => _refused;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>What a subscriber takes for an event.</summary>
    public static async Task Work()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        await timer.WaitForNextTickAsync(Cancel);
    }

    /// <summary>Ends it; all that was accepted arrives, some of it perhaps more than once.</summary>
    public async Task HasArrived(params TestApp[] subscribers)
    {
        await _stop.CancelAsync();
        await _publishing;
        await Eventually.Holds(() => !_accepted.Except(Numbers(subscribers)).Any(), "all that was accepted has arrived", 30);
    }

    /// <summary>Leaving out the repetitions, the numbers of each key have arrived in order.</summary>
    public static void HasKeptOrder(TestApp subscriber)
    {
        foreach (var key in subscriber.Events.GroupBy(received => (string)received.Data!["key"]!))
        {
            var numbers = key.Select(received => (int)received.Data!["number"]!).Distinct().ToList();
            Assert.Equal(numbers.Order(), numbers);
        }
    }

    public static IEnumerable<int> Numbers(params TestApp[] subscribers) =>
        subscribers.SelectMany(subscriber => subscriber.Events).Select(received => (int)received.Data!["number"]!);

    private async Task Publish(string? key)
    {
        using var pause = new PeriodicTimer(Pace);
        while (!_stop.IsCancellationRequested)
        {
            var number = Interlocked.Increment(ref _next);
            while (!await TryPublish(new { key, number }, key))
                await pause.WaitForNextTickAsync(Cancel);
            _accepted.Add(number);
            await pause.WaitForNextTickAsync(Cancel);
        }
    }

    private async Task<bool> TryPublish(object data, string? key)
    {
        try
        {
            await _dapr.PublishEventAsync("pubsub", _topic, data, key is null ? [] : new Dictionary<string, string> { ["partitionKey"] = key }, Cancel);
            return true;
        }
        catch (Exception error) when (error is RpcException or global::Dapr.DaprException)
        {
            Interlocked.Increment(ref _refused);
            return false;
        }
    }

    public void Dispose()
    {
        _stop.Cancel();
        _dapr.Dispose();
        _stop.Dispose();
    }
}
