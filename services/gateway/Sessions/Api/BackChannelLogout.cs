using Platform.Gateway.Sessions.SignIn;
using Platform.Gateway.Sessions.Storage;

namespace Platform.Gateway.Sessions.Api;

/// <summary>
/// OpenID Connect Back-Channel Logout 1.0: the identity server says that somebody has signed out there, or was signed out. The
/// sessions of that single sign-on end here, or, where none is named, all of the person's.
/// </summary>
internal static partial class BackChannelLogout
{
    private const string Field = "logout_token";

    public static async Task<IResult> Handle(HttpContext context, LogoutTokens tokens, SessionStore sessions, ILogger<LogoutTokens> logger)
    {
        var cancellationToken = context.RequestAborted;
        var form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(cancellationToken) : null;
        var (logout, refusal) = await tokens.ValidateAsync(form?[Field], cancellationToken);
        if (logout is null)
        {
            LogRefused(logger, refusal!);
            return Results.Json(new { error = "invalid_request", error_description = refusal }, statusCode: StatusCodes.Status400BadRequest);
        }

        if (await tokens.IsSeenAsync(logout, cancellationToken))
            return Results.Ok();
        var index = logout.SingleSignOnId is { } id ? SessionIndex.OfSingleSignOn(id) : SessionIndex.OfPerson(logout.PersonId!);
        foreach (var (key, session) in await sessions.ListAsync(index, cancellationToken))
        {
            if (logout.PersonId is null || logout.PersonId == session.Person.Id)
                await sessions.EndAsync(key, cancellationToken);
        }

        await tokens.RememberAsync(logout, cancellationToken);
        return Results.Ok();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A back-channel logout was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
