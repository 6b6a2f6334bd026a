using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;

namespace Platform.Sidecar.Scheduling;

/// <summary>What a failure policy says; where none is given, three more tries, a second apart.</summary>
internal static class Retries
{
    /// <summary>Ten years, in seconds.</summary>
    private const long LongestInterval = 10L * 365 * 24 * 3600;

    public static JobFailurePolicy Default => new()
    {
        Constant = new JobFailurePolicyConstant { Interval = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)), MaxRetries = 3 },
    };

    /// <exception cref="FormatException">The policy makes no sense; the message is for the caller.</exception>
    public static void Check(JobFailurePolicy policy)
    {
        if (policy.Constant?.Interval is { } interval && (interval.Seconds is < 0 or > LongestInterval || interval.Nanos is < 0 or > 999_999_999))
            throw new FormatException("the interval of the failure policy is out of range");
    }

    /// <param name="policy">Checked before.</param>
    /// <param name="attempts">How many have failed.</param>
    /// <returns>How long to wait before the next one; null to give up.</returns>
    public static TimeSpan? Pause(JobFailurePolicy policy, uint attempts) =>
        policy.Constant is { } constant && (!constant.HasMaxRetries || attempts <= constant.MaxRetries)
            ? constant.Interval?.ToTimeSpan() ?? TimeSpan.Zero
            : null;
}
