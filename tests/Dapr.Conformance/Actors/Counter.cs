using System.Collections.Concurrent;
using System.Text;
using Dapr.Actors;
using Dapr.Actors.Runtime;
using Dapr.Conformance.Harness;

namespace Dapr.Conformance.Actors;

/// <summary>What the actors of a test's app did, each line with the actor's id.</summary>
internal sealed class ActorLog
{
    public ConcurrentQueue<string> Lines { get; } = new();

    public int Count(string line) => Lines.Count(entry => entry == line);
}

internal sealed class Counter(ActorHost host, ActorLog log) : Actor(host), ICounter, IRemindable
{
    private const string Key = "count";

    private int _running;

    public async Task<int> AddAsync(int number) =>
        await StateManager.AddOrUpdateStateAsync(Key, number, (_, before) => before + number);

    public async Task<int> SlowlyAddAsync(int number)
    {
        if (Interlocked.Increment(ref _running) > 1)
            log.Lines.Enqueue($"{Id} overlaps");
        var before = await StateManager.GetOrAddStateAsync(Key, 0);
        await Pause.ForAsync(10);
        await StateManager.SetStateAsync(Key, before + number);
        Interlocked.Decrement(ref _running);
        return before + number;
    }

    public Task SetBrieflyAsync(int number, TimeSpan life) => StateManager.SetStateAsync(Key, number, life);

    public async Task<int> GetAsync() => await StateManager.TryGetStateAsync<int>(Key) is { HasValue: true } found ? found.Value : 0;

    public Task ForgetAsync() => StateManager.RemoveStateAsync(Key);

    public Task FailAsync(string message) => throw new InvalidOperationException(message);

    public Task RemindAsync(string name, TimeSpan due, TimeSpan period, int times) => times > 0
        ? RegisterReminderAsync(name, Encoding.UTF8.GetBytes($"data of {name}"), due, period, times)
        : RegisterReminderAsync(name, Encoding.UTF8.GetBytes($"data of {name}"), due, period);

    public async Task<bool> HasReminderAsync(string name) => await GetReminderAsync(name) is not null;

    public Task UnremindAsync(string name) => UnregisterReminderAsync(name);

    public Task StartTimerAsync(string name, TimeSpan due, TimeSpan period) =>
        RegisterTimerAsync(name, nameof(OnTimerAsync), Encoding.UTF8.GetBytes($"data of {name}"), due, period);

    public Task StopTimerAsync(string name) => UnregisterTimerAsync(name);

    public async Task<int> NestAsync(int depth) =>
        depth == 0 ? 0 : 1 + await ProxyFactory.CreateActorProxy<ICounter>(Id, Host.ActorTypeInfo.ActorTypeName).NestAsync(depth - 1);

    public Task OnTimerAsync(byte[] data)
    {
        log.Lines.Enqueue($"{Id} timer {Encoding.UTF8.GetString(data)}");
        return Task.CompletedTask;
    }

    public Task ReceiveReminderAsync(string reminderName, byte[] state, TimeSpan dueTime, TimeSpan period)
    {
        log.Lines.Enqueue($"{Id} reminder {reminderName} {Encoding.UTF8.GetString(state)}");
        return reminderName.StartsWith("failing", StringComparison.Ordinal) ? throw new InvalidOperationException("no") : Task.CompletedTask;
    }

    protected override Task OnActivateAsync()
    {
        log.Lines.Enqueue($"{Id} activated");
        return Task.CompletedTask;
    }

    protected override Task OnDeactivateAsync()
    {
        log.Lines.Enqueue($"{Id} deactivated");
        return Task.CompletedTask;
    }
}
