using System.Text;
using System.Text.Json.Nodes;
using Google.Rpc;
using Grpc.Core;

namespace Dapr.Conformance.Harness;

/// <summary>Dapr's error forms.</summary>
internal static class Errors
{
    /// <summary>Asserts status, code, and a part of the message; returns the body.</summary>
    public static async Task<JsonNode> AssertErrorAsync(this HttpResponseMessage response, int status, string errorCode, string message = "")
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"expected {status} {errorCode}, not {(int)response.StatusCode}: {text}");
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var body = JsonNode.Parse(text)!;
        Assert.Equal(errorCode, (string?)body["errorCode"]);
        Assert.Contains(message, (string?)body["message"], StringComparison.Ordinal);
        return body;
    }

    public static async Task AssertStatusAsync(this HttpResponseMessage response, int status)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == status, $"expected {status}, not {(int)response.StatusCode}: {text}");
    }

    /// <summary>Asserts the status of a failed call, and a part of its text.</summary>
    public static async Task<RpcException> AssertFailsAsync(Func<Task> call, StatusCode status, string detail = "")
    {
        var failure = await Assert.ThrowsAnyAsync<Exception>(call);
        var rpc = Assert.IsType<RpcException>(failure as RpcException ?? failure.InnerException);
        Assert.True(rpc.StatusCode == status, $"expected {status}, not {rpc.Status}");
        Assert.Contains(detail, rpc.Status.Detail, StringComparison.Ordinal);
        return rpc;
    }

    public static void AssertReason(this RpcException failure, string reason)
    {
        var info = failure.GetRpcStatus()?.GetDetail<ErrorInfo>();
        Assert.NotNull(info);
        Assert.Equal(reason, info.Reason);
        Assert.Equal("dapr.io", info.Domain);
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
}
