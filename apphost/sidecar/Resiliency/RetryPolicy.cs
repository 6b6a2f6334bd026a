namespace Platform.Sidecar.Resiliency;

/// <summary>When an attempt is made again, and after which pause.</summary>
internal sealed record RetryPolicy
{
    private const double Factor = 1.5;
    private const double Spread = 0.5;

    public bool IsExponential { get; init; }

    /// <summary>Pause of a constant policy.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>First pause of an exponential policy.</summary>
    public TimeSpan InitialInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest pause of an exponential policy.</summary>
    public TimeSpan MaxInterval { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>When an exponential policy gives up; zero for never.</summary>
    public TimeSpan MaxElapsed { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>-1 is no limit.</summary>
    public int MaxRetries { get; init; } = -1;

    /// <summary>The statuses that are retried; null for all.</summary>
    public StatusRanges? HttpStatuses { get; init; }

    /// <inheritdoc cref="HttpStatuses"/>
    public StatusRanges? GrpcStatuses { get; init; }

    /// <param name="failure">How the attempt failed.</param>
    /// <param name="retries">How many retries there were already.</param>
    /// <param name="elapsed">Time since the first attempt began.</param>
    /// <returns>The pause before the next attempt; null when there is to be none.</returns>
    public TimeSpan? Next(Failure failure, int retries, TimeSpan elapsed)
    {
        if (failure.IsFinal || !Matches(failure) || (MaxRetries >= 0 && retries >= MaxRetries))
            return null;
        if (!IsExponential)
            return Duration;
        var pause = Math.Min(InitialInterval.TotalSeconds * Math.Pow(Factor, retries), MaxInterval.TotalSeconds);
        var spread = TimeSpan.FromSeconds(pause * (1 - Spread + (2 * Spread * Random.Shared.NextDouble())));
        return MaxElapsed > TimeSpan.Zero && elapsed + spread > MaxElapsed ? null : spread;
    }

    private bool Matches(Failure failure) =>
        (failure.Http is not { } http || HttpStatuses is null || HttpStatuses.Contains(http))
        && (failure.Grpc is not { } grpc || GrpcStatuses is null || GrpcStatuses.Contains((int)grpc));
}
