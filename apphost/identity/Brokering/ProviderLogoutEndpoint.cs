using Platform.Identity.Brokering.Saml;
using Platform.Identity.Sessions;

namespace Platform.Identity.Brokering;

/// <summary>
/// Where providers of OpenID Connect say that somebody has signed out there, or was signed out (OpenID Connect Back-Channel Logout 1.0): the
/// sessions that began with it end here. Keycloak has one address for all of them, and so is it here.
/// </summary>
internal sealed partial class ProviderLogoutEndpoint(ProviderLogoutTokens tokens, SpentAnswers spent, SessionEnd end, LogoutLimiter limiter, ILogger<ProviderLogoutEndpoint> logger)
{
    private const string Field = "logout_token";

    public async Task<IResult> Handle(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (!limiter.Hears(http)) return Wait(http);
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        var (said, refusal) = await tokens.ReadAsync(form?[Field].ToString() ?? "");
        if (said is null)
        {
            limiter.Count(http);
            LogRefused(logger, refusal!);
            return Results.Json(new { error = "invalid_request", error_description = refusal }, statusCode: StatusCodes.Status400BadRequest);
        }
        foreach (var alias in said.Aliases)
        {
            // Once it is done, and not before: a provider that hears of a failure says it again.
            var id = $"logout {said.Id}";
            if (spent.IsSpent(alias, id)) continue;
            await end.EndFromAsync(http, alias, said.Subject, said.Session is { } session ? [session] : []);
            spent.Spend(alias, id, said.Until);
        }
        return Results.Ok();
    }

    private static IResult Wait(HttpContext http)
    {
        http.Response.Headers.RetryAfter = $"{LogoutLimiter.Window.TotalSeconds}";
        return Results.Json(new { error = "slow_down", error_description = "Too many tokens from this address were refused: wait a minute." }, statusCode: StatusCodes.Status429TooManyRequests);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "What a provider said about a sign-out was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
