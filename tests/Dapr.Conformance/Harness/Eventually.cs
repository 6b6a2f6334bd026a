using System.Diagnostics;

namespace Dapr.Conformance.Harness;

/// <summary>Waits for a condition, with a deadline.</summary>
internal static class Eventually
{
    public static async Task Holds(Func<Task<bool>> condition, string what, int seconds = 20)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds < seconds, $"after {seconds} s still not: {what}");
            await timer.WaitForNextTickAsync();
        }
    }

    public static Task Holds(Func<bool> condition, string what, int seconds = 20) => Holds(() => Task.FromResult(condition()), what, seconds);

    /// <summary>Watches for a while that something does not happen.</summary>
    public static async Task Never(Func<bool> condition, string what, double seconds = 1.5)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(25));
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
        {
            Assert.False(condition(), what);
            await timer.WaitForNextTickAsync();
        }
    }
}
