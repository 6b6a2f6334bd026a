using System.Diagnostics;

namespace Dapr.Workflow.Tests.Harness;

/// <summary>Waits for a condition instead of for a time.</summary>
internal static class Deadline
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static async Task Until(Func<Task<bool>> condition, string what)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var begun = Stopwatch.GetTimestamp(); !await condition(); await pace.WaitForNextTickAsync())
        {
            if (Stopwatch.GetElapsedTime(begun) > Limit)
                throw new TimeoutException($"Not within {Limit.TotalSeconds} s: {what}");
        }
    }

    public static Task Until(Func<bool> condition, string what) => Until(() => Task.FromResult(condition()), what);

    public static CancellationToken Token() => new CancellationTokenSource(Limit).Token;
}
