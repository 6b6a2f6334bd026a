using System.Diagnostics;

namespace Platform.Demo;

/// <summary>Waiting for a condition, with a deadline.</summary>
internal static class Waiting
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(150);

    /// <summary>Asks until the answer is good.</summary>
    /// <exception cref="DemoFailedException">It was not within the time.</exception>
    public static async Task<T> UntilAsync<T>(string what, TimeSpan timeout, Func<Task<T>> ask, Func<T, bool> good, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        using var timer = new PeriodicTimer(Interval);
        do
        {
            var answer = await ask();
            if (good(answer))
                return answer;
        }
        while (Stopwatch.GetElapsedTime(started) < timeout && await timer.WaitForNextTickAsync(cancellationToken));
        throw new DemoFailedException($"{what} did not happen within {timeout.TotalSeconds:0} s.");
    }
}
