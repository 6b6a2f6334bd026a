using System.Net;
using System.Text.Json;
using Google.Rpc;
using Grpc.Core;
using Xunit;

namespace Contacts.Tests;

/// <summary>What a refused call looks like.</summary>
internal static class Expect
{
    /// <summary>The call is refused with this status and this stable code.</summary>
    public static async Task FailsAsync<T>(StatusCode status, string code, AsyncUnaryCall<T> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(status, exception.StatusCode);
        Assert.Equal(code, exception.GetRpcStatus()?.GetDetail<ErrorInfo>()?.Reason);
    }

    /// <summary>The answer is a problem with this status and this stable code.</summary>
    public static async Task<JsonElement> ProblemAsync(HttpResponseMessage response, HttpStatusCode status, string code)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(status == response.StatusCode, text);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(text).RootElement;
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }
}
