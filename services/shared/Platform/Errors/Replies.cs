using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Platform.Languages;

namespace Platform.Errors;

/// <summary>Turns results into what gRPC expects: the message, or an <see cref="RpcException"/> with rich details.</summary>
public static class Replies
{
    /// <summary>The value of the result, or its error as the status of the call.</summary>
    public static async Task<T> Reply<T>(this Task<Result<T>> result)
        where T : class
    {
        var outcome = await result;
        return outcome.IsError ? throw outcome.Error.ToRpcException() : outcome.Value;
    }

    /// <summary>The error as <c>google.rpc.Status</c> with <c>ErrorInfo</c> and, where fields are wrong, <c>BadRequest</c>.</summary>
    public static RpcException ToRpcException(this Error error)
    {
        error = error.Spoken();
        var status = new Google.Rpc.Status { Code = (int)error.Status, Message = error.Message };
        var info = new ErrorInfo { Domain = Error.Domain, Reason = error.Code };
        if (error.HttpStatus is { } http)
            info.Metadata.Add("http_status", http.ToString(System.Globalization.CultureInfo.InvariantCulture));
        status.Details.Add(Any.Pack(info));
        if (error.Violations.Count > 0)
            status.Details.Add(Any.Pack(ToBadRequest(error.Violations)));
        return status.ToRpcException();
    }

    private static BadRequest ToBadRequest(IReadOnlyList<FieldViolation> violations)
    {
        var bad = new BadRequest();
        foreach (var violation in violations)
            bad.FieldViolations.Add(new BadRequest.Types.FieldViolation { Field = violation.Field, Description = violation.Message });
        return bad;
    }
}
