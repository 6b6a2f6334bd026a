using Grpc.Core;
using Xunit;

namespace Search.Tests;

/// <summary>Refusals as clients see them.</summary>
internal static class Refusal
{
    /// <summary>The call fails with this code.</summary>
    public static async Task OfAsync<T>(string code, AsyncUnaryCall<T> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(code, refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>().Reason);
    }
}
