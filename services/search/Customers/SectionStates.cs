using Grpc.Core;

namespace Platform.Search.Customers;

internal static class SectionStates
{
    /// <summary>
    /// What it says of a section that its domain did not answer; null where that is no matter of the domain: the request is wrong, the
    /// customer is not there, or who asks is not known.
    /// </summary>
    public static V1.SectionState? Of(RpcException refused) => refused.StatusCode switch
    {
        StatusCode.PermissionDenied => V1.SectionState.NotReadable,
        StatusCode.InvalidArgument or StatusCode.NotFound or StatusCode.Unauthenticated => null,
        _ => V1.SectionState.Unavailable,
    };
}
