using System.Diagnostics;
using Xunit;

namespace Platform.Identity.Tests.Harness;

/// <summary>Waits for a condition, not for a time.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    public static async Task True(Func<Task<bool>> condition)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Step);
        while (!await condition())
        {
            Assert.True(clock.Elapsed < Deadline, "The condition did not come true in time.");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
