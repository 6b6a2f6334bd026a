using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Errors;
using static Platform.Languages.Wording;

namespace Platform.Gateway.Edge;

/// <summary>Gives a refusal that has no body yet, such as the router's 404 and 405, the form that all of them have.</summary>
internal static class EmptyAnswers
{
    private static readonly Error UnknownCall = new(Google.Rpc.Code.Unimplemented, "UNIMPLEMENTED", "There is no such service or call.");

    public static Task ExplainAsync(StatusCodeContext answer)
    {
        var context = answer.HttpContext;
        return Problems.IsGrpc(context.Request.ContentType)
            ? Problems.RespondAsync(context, UnknownCall)
            : Problems.WriteAsync(context, ProblemOf(context.Response.StatusCode, context.Response.Headers.Allow.ToString()));
    }

    /// <summary>A problem that says no more than the status does.</summary>
    public static Microsoft.AspNetCore.Mvc.ProblemDetails ProblemOf(int status, string allow) => status switch
    {
        StatusCodes.Status404NotFound => Problems.Create(status, "NOT_FOUND", Say("There is nothing at this address.")),
        StatusCodes.Status405MethodNotAllowed => Problems.Create(status, "METHOD_NOT_ALLOWED", allow.Length > 0 ? Say($"This address takes {allow}.") : Say("This address does not take this method.")),
        StatusCodes.Status413PayloadTooLarge => Problems.Create(status, "BODY_TOO_LARGE", Say("The body is larger than this route takes.")),
        >= 500 => Problems.Create(status, "INTERNAL", Say("This is a fault of the platform; it has been logged.")),
        _ => Problems.Create(status, ReasonPhrases.GetReasonPhrase(status).ToUpperInvariant().Replace(' ', '_'), Say("The request was refused.")),
    };
}
