using System.Diagnostics;

namespace Platform.Sidecar.Tests.Harness;

/// <summary>Waits for a condition, with a deadline.</summary>
internal static class Eventually
{
    public static async Task Holds(Func<Task<bool>> condition, string what, int seconds = 15)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!await condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started).TotalSeconds < seconds, $"after {seconds} s still not: {what}");
            await timer.WaitForNextTickAsync();
        }
    }

    public static Task Holds(Func<bool> condition, string what, int seconds = 15) => Holds(() => Task.FromResult(condition()), what, seconds);
}
