using Microsoft.AspNetCore.Authentication;

namespace Platform.Gateway.Pages;

/// <summary>For a browser that came back from the identity server with nothing to sign in with.</summary>
internal sealed partial class SignInFailedPage(IConfiguration configuration, ILogger<SignInFailedPage> logger)
{
    private readonly PageTemplate _page = new("sign-in-failed.html", configuration);

    public Task WriteAsync(HttpContext context, Exception? failure)
    {
        var (code, message) = Explain(failure);
        LogFailed(logger, code, failure?.GetBaseException().GetType().Name);
        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return _page.WriteAsync(context, ("code", code), ("message", PageTemplate.Encode(message)));
    }

    private static (string Code, string Message) Explain(Exception? failure) => failure switch
    {
        { Data: var data } when data.Contains("error") =>
            ("REFUSED", "The identity server did not let you in, or you turned back."),
        AuthenticationFailureException { Message: "Correlation failed." } =>
            ("NOT_BEGUN_HERE", "This sign-in was begun in another browser, was finished already, or took too long."),
        _ => ("FAILED", "What the identity server answered could not be accepted. You are not signed in."),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "A sign-in failed: {Code} ({Kind})")]
    private static partial void LogFailed(ILogger logger, string code, string? kind);
}
