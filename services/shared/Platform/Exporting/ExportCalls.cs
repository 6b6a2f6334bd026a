using Grpc.Core;
using Platform.Errors;

namespace Platform.Exporting;

/// <summary>Through which door an export was asked for.</summary>
internal static class ExportCalls
{
    /// <summary>Over gRPC, and not over REST, where the answer is one body.</summary>
    public static bool IsGrpc(this ServerCallContext call) => Problems.IsGrpc(call.GetHttpContext().Request.ContentType);
}
