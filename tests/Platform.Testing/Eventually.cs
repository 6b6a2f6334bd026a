using System.Diagnostics;

namespace Platform.Testing;

/// <summary>Waiting for a condition, with a deadline.</summary>
public static class Eventually
{
    /// <summary>
    /// For what is promised within one or two seconds because somebody is told of it: ten, since a loaded machine adds to it.
    /// Were nobody told, it would hold when a cached answer ends, after 30 seconds at the earliest.
    /// </summary>
    public static readonly TimeSpan Promptly = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(25);

    /// <summary>Returns when the condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="timeout">How long it has, 20 seconds by default.</param>
    /// <param name="interval">How often is looked, every 25 ms by default; more seldom where looking would slow down what is measured.</param>
    /// <exception cref="TimeoutException">It did not within the time.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan? timeout = null, TimeSpan? interval = null)
    {
        var deadline = timeout ?? TimeSpan.FromSeconds(20);
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(interval ?? Interval);
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > deadline)
                throw new TimeoutException($"The condition did not hold within {deadline.TotalSeconds} s.");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>Returns when the condition holds.</summary>
    public static Task HoldsAsync(Func<bool> condition, TimeSpan? timeout = null) => HoldsAsync(() => Task.FromResult(condition()), timeout);
}
