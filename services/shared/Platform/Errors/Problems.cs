using System.Globalization;
using System.Text;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Platform.Languages;

namespace Platform.Errors;

/// <summary>RFC 9457 problems with the same machine-readable code as the gRPC error.</summary>
public static class Problems
{
    /// <summary>The HTTP status of a gRPC status, after google.rpc.Code.</summary>
    public static int HttpStatusOf(Code code) => code switch
    {
        Code.Ok => StatusCodes.Status200OK,
        Code.InvalidArgument or Code.FailedPrecondition or Code.OutOfRange => StatusCodes.Status400BadRequest,
        Code.Unauthenticated => StatusCodes.Status401Unauthorized,
        Code.PermissionDenied => StatusCodes.Status403Forbidden,
        Code.NotFound => StatusCodes.Status404NotFound,
        Code.Aborted or Code.AlreadyExists => StatusCodes.Status409Conflict,
        Code.ResourceExhausted => StatusCodes.Status429TooManyRequests,
        Code.Cancelled => 499,
        Code.Unimplemented => StatusCodes.Status501NotImplemented,
        Code.Unavailable => StatusCodes.Status503ServiceUnavailable,
        Code.DeadlineExceeded => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>The problem of an error.</summary>
    public static ProblemDetails ToProblem(this Error error)
    {
        error = error.Spoken();
        return Create(error.HttpStatus ?? HttpStatusOf(error.Status), error.Code, error.Message, error.Violations);
    }

    /// <summary>The problem of a failed call; what is not a typed error of ours keeps its status and loses its text where that could leak.</summary>
    public static ProblemDetails ToProblem(this RpcException exception) => ToProblem(exception.GetRpcStatus() ?? new Google.Rpc.Status
    {
        Code = (int)exception.StatusCode,
        Message = exception.Status.Detail,
    });

    /// <summary>The problem of a gRPC status.</summary>
    public static ProblemDetails ToProblem(Google.Rpc.Status status)
    {
        var info = status.GetDetail<ErrorInfo>();
        var violations = status.GetDetail<BadRequest>()?.FieldViolations.Select(bad => new FieldViolation(bad.Field, bad.Description)).ToList();
        var http = info is not null && info.Metadata.TryGetValue("http_status", out var text)
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : HttpStatusOf((Code)status.Code);
        return Create(http, info?.Reason ?? CodeName((Code)status.Code), status.Message, violations ?? []);
    }

    /// <summary>Writes the problem as the response; keeps the status line, headers and body consistent.</summary>
    public static Task WriteAsync(HttpContext context, ProblemDetails problem)
    {
        problem.Instance = context.Request.Path;
        context.Response.StatusCode = problem.Status!.Value;
        return context.Response.WriteAsJsonAsync(problem, options: null, contentType: "application/problem+json", context.RequestAborted);
    }

    /// <summary>Refuses a request in its own language: a gRPC status for gRPC, a problem for everything else.</summary>
    public static Task RespondAsync(HttpContext context, Error error)
    {
        context.NoteRefusal(error);
        if (!IsGrpc(context.Request.ContentType))
            return WriteAsync(context, error.ToProblem());
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = ((int)error.Status).ToString(CultureInfo.InvariantCulture);
        context.Response.Headers["grpc-message"] = PercentEncode(error.Spoken().Message);
        foreach (var trailer in error.ToRpcException().Trailers.Where(trailer => trailer.IsBinary))
            context.Response.Headers[trailer.Key] = Convert.ToBase64String(trailer.ValueBytes);
        return Task.CompletedTask;
    }

    /// <summary>Lets those who watch the installation know, where the error is such a one (<see cref="RefusalLog"/>).</summary>
    public static void NoteRefusal(this HttpContext context, Error error) => (context.RequestServices?.GetService(typeof(RefusalLog)) as RefusalLog)?.Note(context, error);

    /// <summary>Whether it is the media type of gRPC; that of gRPC-Web, which begins alike, is another.</summary>
    public static bool IsGrpc(string? mediaType) =>
        mediaType.AsSpan().StartsWith("application/grpc", StringComparison.OrdinalIgnoreCase) && (mediaType!.Length == 16 || mediaType[16] is '+' or ';' or ' ');

    /// <summary>A problem with a code, and the wrong fields where there are any.</summary>
    public static ProblemDetails Create(int status, string code, string detail, IReadOnlyList<FieldViolation>? violations = null)
    {
        var problem = new ProblemDetails
        {
            Type = $"urn:platform:error:{code.ToLowerInvariant().Replace('_', '-')}",
            Title = Microsoft.AspNetCore.WebUtilities.ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = detail,
        };
        problem.Extensions["code"] = code;
        if (violations is { Count: > 0 })
            problem.Extensions["errors"] = violations.Select(violation => new { field = violation.Field, message = violation.Message });
        return problem;
    }

    // The form of grpc-message: printable ASCII as it is, all other bytes of UTF-8 and the percent sign escaped.
    private static string PercentEncode(string text) =>
        string.Concat(Encoding.UTF8.GetBytes(text).Select(octet => octet is >= 0x20 and <= 0x7e and not (byte)'%' ? $"{(char)octet}" : $"%{octet:X2}"));

    private static string CodeName(Code code) =>
        string.Concat(code.ToString().Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{c}")).ToUpperInvariant();
}
