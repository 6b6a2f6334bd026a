using System.Globalization;
using Microsoft.AspNetCore.Http;
using Code = Google.Rpc.Code;

namespace Platform.Errors;

/// <summary>
/// Gives the refusals of gRPC itself, which come before any interceptor, the details that all errors have: a message that is no
/// protobuf of the call, one that is too large, a call that does not exist.
/// </summary>
internal sealed class TypedStatusMiddleware(RequestDelegate next)
{
    private static readonly Error Malformed = new(Code.InvalidArgument, "MALFORMED_MESSAGE", "The message cannot be read: it is no protobuf of this call, or it breaks off.");
    private static readonly Error TooLarge = new(Code.ResourceExhausted, "BODY_TOO_LARGE", "The message is larger than this call takes.");
    private static readonly Error Unknown = new(Code.Unimplemented, "UNIMPLEMENTED", "There is no such service or call.");

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (!context.Response.HasStarted && UntypedStatusOf(context.Response) is { } status && ErrorOf(status) is { } error)
            await Problems.RespondAsync(context, error);
    }

    private static Code? UntypedStatusOf(HttpResponse response) =>
        Problems.IsGrpc(response.ContentType) && !response.Headers.ContainsKey("grpc-status-details-bin")
        && int.TryParse(response.Headers["grpc-status"], CultureInfo.InvariantCulture, out var status) ? (Code)status : null;

    // What a handler throws is typed by then, so these are never its faults.
    private static Error? ErrorOf(Code status) => status switch
    {
        Code.Unknown or Code.Internal => Malformed,
        Code.ResourceExhausted => TooLarge,
        Code.Unimplemented => Unknown,
        _ => null,
    };
}
