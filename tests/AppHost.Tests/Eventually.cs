using Xunit;

namespace AppHost.Tests;

internal static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks until the answer is yes; fails when it is not within the limit.</summary>
    public static async Task HoldsAsync(Func<bool> condition, string expectation, int seconds = 30)
    {
        using var timer = new PeriodicTimer(Pause);
        for (var waited = TimeSpan.Zero; !condition(); waited += Pause)
        {
            Assert.True(waited < TimeSpan.FromSeconds(seconds), $"Not within {seconds} s: {expectation}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Asks until the answer is yes; fails when it is not within the limit.</summary>
    public static async Task HoldsAsync(Func<Task<bool>> condition, string expectation, int seconds = 30)
    {
        using var timer = new PeriodicTimer(Pause);
        for (var waited = TimeSpan.Zero; !await condition(); waited += Pause)
        {
            Assert.True(waited < TimeSpan.FromSeconds(seconds), $"Not within {seconds} s: {expectation}");
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
