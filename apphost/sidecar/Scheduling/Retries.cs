using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;

namespace Platform.Sidecar.Scheduling;

/// <summary>What a failure policy says; where none is given, three more tries, a second apart.</summary>
internal static class Retries
{
    public static JobFailurePolicy Default => new()
    {
        Constant = new JobFailurePolicyConstant { Interval = Duration.FromTimeSpan(TimeSpan.FromSeconds(1)), MaxRetries = 3 },
    };

    /// <param name="attempts">How many have failed.</param>
    /// <returns>How long to wait before the next one; null to give up.</returns>
    public static TimeSpan? Pause(JobFailurePolicy policy, uint attempts) =>
        policy.Constant is { } constant && (!constant.HasMaxRetries || attempts <= constant.MaxRetries)
            ? constant.Interval?.ToTimeSpan() ?? TimeSpan.Zero
            : null;
}
