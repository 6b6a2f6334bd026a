using Dapr.Actors;
using Dapr.Actors.Client;
using Dapr.Actors.Runtime;

namespace Platform.Sidecar.Tests.Actors;

public interface IProbeActor : IActor
{
    Task<int> Add(int number);

    Task AddAndFail(int number);

    Task<int> Number();

    Task WaitAtGate(string name);

    /// <summary>Calls the other actor, which calls this one.</summary>
    Task<int> AddThrough(string other, string httpEndpoint);

    Task<int> AddTo(string actor, string httpEndpoint);

    Task Remind(string name, TimeSpan dueTime, TimeSpan period);

    Task RemindTimes(string name, TimeSpan dueTime, TimeSpan period, int repetitions);

    Task<string> ReminderPeriod(string name);

    Task Forget(string name);

    Task StartTimer(string name, TimeSpan dueTime, TimeSpan period);

    Task StopTimer(string name);
}

/// <summary>An actor of the official SDK, which notes what happens to it.</summary>
public sealed class ProbeActor(ActorHost host, ActorLog log) : Actor(host), IProbeActor, IRemindable
{
    private int _inside;

    public async Task<int> Add(int number)
    {
        log.Add(Interlocked.Increment(ref _inside) == 1 ? $"add {number}" : "two at once");
        await Task.Yield();
        var sum = await StateManager.AddOrUpdateStateAsync("number", number, (_, old) => old + number);
        Interlocked.Decrement(ref _inside);
        return sum;
    }

    public async Task AddAndFail(int number)
    {
        await StateManager.AddOrUpdateStateAsync("number", number, (_, old) => old + number);
        throw new InvalidOperationException("as you wish");
    }

    public Task<int> Number() => StateManager.GetOrAddStateAsync("number", 0);

    public async Task WaitAtGate(string name)
    {
        log.Add($"in {name}");
        await log.Gate.Task;
        log.Add($"out {name}");
    }

    public Task<int> AddThrough(string other, string httpEndpoint) => Proxy(other, httpEndpoint).AddTo(Id.GetId(), httpEndpoint);

    public Task<int> AddTo(string actor, string httpEndpoint) => Proxy(actor, httpEndpoint).Add(1);

    public Task Remind(string name, TimeSpan dueTime, TimeSpan period) => RegisterReminderAsync(name, [1, 2, 3], dueTime, period);

    public Task RemindTimes(string name, TimeSpan dueTime, TimeSpan period, int repetitions) =>
        RegisterReminderAsync(name, [1, 2, 3], dueTime, period, repetitions);

    public async Task<string> ReminderPeriod(string name)
    {
        try
        {
            return $"{(await GetReminderAsync(name)).Period}";
        }
        catch (global::Dapr.DaprApiException error) when (error.ErrorCode == "ERR_ACTOR_REMINDER_NOT_FOUND")
        {
            return "none";
        }
    }

    public Task Forget(string name) => UnregisterReminderAsync(name);

    public Task StartTimer(string name, TimeSpan dueTime, TimeSpan period) => RegisterTimerAsync(name, nameof(OnTimer), [4, 5], dueTime, period);

    public Task StopTimer(string name) => UnregisterTimerAsync(name);

    public Task OnTimer(byte[] data)
    {
        log.Add($"timer {data.Length}");
        return Task.CompletedTask;
    }

    public Task ReceiveReminderAsync(string reminderName, byte[] state, TimeSpan dueTime, TimeSpan period)
    {
        log.Add($"reminder {reminderName} {state.Length}");
        return reminderName == log.FailingReminder ? throw new InvalidOperationException("as you wish") : Task.CompletedTask;
    }

    protected override Task OnActivateAsync()
    {
        log.Add($"activate {Id}");
        return Task.CompletedTask;
    }

    protected override async Task OnDeactivateAsync()
    {
        log.Add($"deactivate {Id}");
        await StateManager.SetStateAsync("farewell", true);
        await StateManager.SaveStateAsync();
    }

    private static IProbeActor Proxy(string id, string httpEndpoint) =>
        ActorProxy.Create<IProbeActor>(new ActorId(id), nameof(ProbeActor), new ActorProxyOptions { HttpEndpoint = httpEndpoint });
}
