using Platform.Errors;

namespace Platform.Gateway.Forwarding;

/// <summary>What a client is told when no service has answered.</summary>
internal static class Failures
{
    public static readonly Error Unavailable =
        new(Google.Rpc.Code.Unavailable, "UNAVAILABLE", "This part of the platform cannot be reached right now: try again in a moment.");

    public static readonly Error TimedOut =
        new(Google.Rpc.Code.DeadlineExceeded, "DEADLINE_EXCEEDED", "This took too long. It may have been done all the same: repeat it with the same Idempotency-Key.");

    private const string RetrySeconds = "2";

    /// <summary>Answers in the client's language, with a hint when to come again.</summary>
    public static Task RespondAsync(HttpContext context, Error error)
    {
        context.Response.Headers.RetryAfter = RetrySeconds;
        return Problems.RespondAsync(context, error);
    }
}
