using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace Records.Tests;

/// <summary>What a refused call looks like.</summary>
internal static class Expect
{
    /// <summary>The call is refused with this stable code; what was said.</summary>
    public static async Task<string> FailsAsync<T>(string code, AsyncUnaryCall<T> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(code, exception.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
        return exception.Status.Detail;
    }
}
