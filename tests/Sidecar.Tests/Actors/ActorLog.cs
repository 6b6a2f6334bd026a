using System.Collections.Concurrent;

namespace Platform.Sidecar.Tests.Actors;

/// <summary>What happened to the actors of an app, in order; and a gate at which they can be made to wait.</summary>
public sealed class ActorLog
{
    private readonly ConcurrentQueue<(string Event, DateTimeOffset At)> _events = new();

    public TaskCompletionSource Gate { get; set; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Reminders of this name fail.</summary>
    public string FailingReminder { get; set; } = "";

    public IReadOnlyList<string> Events => [.. _events.Select(one => one.Event)];

    public void Add(string what) => _events.Enqueue((what, DateTimeOffset.UtcNow));

    public int Count(string what) => _events.Count(one => one.Event == what);

    public IReadOnlyList<DateTimeOffset> Times(string what) => [.. _events.Where(one => one.Event == what).Select(one => one.At)];
}
