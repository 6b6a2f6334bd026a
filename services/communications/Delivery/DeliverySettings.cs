namespace Platform.Communications.Delivery;

/// <summary>How often and how long an e-mail is tried; section <c>Email</c>.</summary>
internal sealed record DeliverySettings
{
    public const string Section = "Email";

    /// <summary>All attempts, the first included.</summary>
    public int MaxAttempts { get; init; } = 5;

    /// <summary>The wait after the first attempt; it doubles each time.</summary>
    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How long a claimed e-mail is left to its sender; longer than an attempt may take. After that the sender counts as dead.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>E-mails under way at the same time in one process.</summary>
    public int Parallel { get; init; } = 4;

    /// <summary>How often to look for work that this process did not write itself.</summary>
    public TimeSpan Poll { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The wait after an attempt that failed for now.</summary>
    public TimeSpan DelayAfter(int attempt) =>
        TimeSpan.FromTicks((long)Math.Min(MaxDelay.Ticks, FirstDelay.Ticks * Math.Pow(2, attempt - 1)));
}
