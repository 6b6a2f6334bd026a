using Platform.Identity.Brokering.Saml;
using Platform.Identity.Sessions;

namespace Platform.Identity.Brokering;

/// <summary>
/// Where providers of OpenID Connect say that somebody has signed out there, or was signed out (OpenID Connect Back-Channel Logout 1.0): the
/// sessions that began with it end here. Keycloak has one address for all of them, and so is it here.
/// </summary>
internal sealed partial class ProviderLogoutEndpoint(ProviderLogoutTokens tokens, SpentAnswers spent, SessionEnd end, ILogger<ProviderLogoutEndpoint> logger)
{
    private const string Field = "logout_token";

    public async Task<IResult> Handle(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        var form = http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : null;
        var (said, refusal) = await tokens.ReadAsync(form?[Field].ToString() ?? "");
        if (said is null)
        {
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "What a provider said about a sign-out was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, string reason);
}
