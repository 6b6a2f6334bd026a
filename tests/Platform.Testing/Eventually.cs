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
    /// <exception cref="TimeoutException">It did not within the time, 20 seconds by default.</exception>
    public static async Task HoldsAsync(Func<Task<bool>> condition, TimeSpan? timeout = null)
    {
        var deadline = timeout ?? TimeSpan.FromSeconds(20);
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
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
