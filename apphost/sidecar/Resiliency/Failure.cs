using Grpc.Core;

namespace Platform.Sidecar.Resiliency;

/// <summary>How an attempt failed, for policies that retry certain statuses only; without a status every policy retries it.</summary>
internal readonly record struct Failure(int? Http = null, StatusCode? Grpc = null)
{
    /// <summary>That it cannot be tried again, whatever the policy says.</summary>
    public bool IsFinal { get; init; }

    public static Failure Of(Exception error) => error switch
    {
        RpcException rpc => new Failure(Grpc: rpc.StatusCode),
        FinalFailureException => new Failure { IsFinal = true },
        _ => default,
    };
}

/// <summary>A failure after which another attempt is impossible.</summary>
internal sealed class FinalFailureException(Exception cause) : Exception(cause.Message, cause);

/// <summary>An attempt took longer than its policy allows.</summary>
internal sealed class PolicyTimeoutException(Exception cause) : Exception("context deadline exceeded: the timeout of the resiliency policy passed", cause);

/// <summary>A circuit breaker let nothing through.</summary>
internal sealed class CircuitOpenException(bool isHalfOpen) : Exception(isHalfOpen ? "too many requests" : "circuit breaker is open");
