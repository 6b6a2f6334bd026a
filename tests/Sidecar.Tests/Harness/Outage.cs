namespace Platform.Sidecar.Tests.Harness;

/// <summary>How long a server stays away.</summary>
internal static class Outage
{
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Returns when the time is over.</summary>
    public static async Task Lasts(TimeSpan length)
    {
        if (length <= TimeSpan.Zero)
            return;
        using var timer = new PeriodicTimer(length);
        await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
    }
}
