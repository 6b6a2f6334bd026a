namespace Platform.Tenants.Lifecycle;

/// <summary>Settings under <c>Lifecycle</c>.</summary>
internal sealed class LifecycleOptions
{
    /// <summary>How long a deletion can be taken back. Default: 30 days.</summary>
    public TimeSpan GracePeriod { get; init; } = TimeSpan.FromDays(30);

    /// <summary>How long after a deletion it is announced once more, for what was still on its way. Default: an hour.</summary>
    public TimeSpan SecondPass { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How often is looked for companies whose time has come. Default: a minute.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromMinutes(1);
}
