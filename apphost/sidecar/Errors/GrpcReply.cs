using System.Globalization;
using Grpc.Core;

namespace Platform.Sidecar.Errors;

/// <summary>Ends a call on the gRPC port outside of the gRPC framework: a response of headers only.</summary>
internal static class GrpcReply
{
    public static Task Fail(HttpContext context, StatusCode status, string message)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = ((int)status).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["grpc-message"] = Uri.EscapeDataString(message).Replace("%20", " ", StringComparison.Ordinal);
        return context.Response.CompleteAsync();
    }
}
