using Grpc.Core;

namespace Platform.Search.Customers;

internal static class SectionStates
{
    /// <summary>What it says of a section that its domain did not answer; null where the fault is this service's.</summary>
    public static V1.SectionState? Of(RpcException refused) => refused.StatusCode switch
    {
        StatusCode.PermissionDenied => V1.SectionState.NotReadable,
        StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.Internal or StatusCode.Unknown or StatusCode.ResourceExhausted => V1.SectionState.Unavailable,
        _ => null,
    };
}
