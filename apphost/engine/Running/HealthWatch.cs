namespace Platform.LocalHost.Running;

/// <summary>Asks after a resource's health: often until the first good answer, seldom from then on.</summary>
internal static class HealthWatch
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan WhenUnhealthy = TimeSpan.FromSeconds(3);

    /// <summary>Returns at the first good answer.</summary>
    public static async Task FirstAsync(Func<CancellationToken, Task<string?>> check, Action<string?> report, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(limit);
        try
        {
            for (var pause = First; ; pause = Min(pause * 1.15, Longest))
            {
                var problem = await check(deadline.Token);
                report(problem);
                if (problem is null)
                    return;
                await Task.Delay(pause, deadline.Token);
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException();
        }
    }

    /// <summary>Goes on until it is cancelled, once in <paramref name="period"/> while all is well.</summary>
    public static async Task KeepAsync(Func<CancellationToken, Task<string?>> check, Action<string?> report, TimeSpan period, CancellationToken cancellationToken)
    {
        var healthy = true;
        while (!cancellationToken.IsCancellationRequested)
        {
            await Task.Delay(healthy ? period : WhenUnhealthy, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return;
            var problem = await check(CancellationToken.None);
            healthy = problem is null;
            if (!cancellationToken.IsCancellationRequested)
                report(problem);
        }
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
