using Microsoft.AspNetCore.Diagnostics;
using Npgsql;
using Platform.Identity.Pages;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Hosting;

/// <summary>What a request gets when it threw: a page for people, an OAuth error for programs, and nothing about us for either.</summary>
internal static class Failures
{
    public static ExceptionHandlerOptions Options { get; } = new()
    {
        ExceptionHandler = AnswerAsync,
        // A request that cannot be read is its sender's affair.
        SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
    };

    public static bool IsForPeople(HttpContext http) => http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);

    private static Task AnswerAsync(HttpContext http)
    {
        var (status, answer) = Explain(http.Features.Get<IExceptionHandlerFeature>()?.Error);
        return IsForPeople(http)
            ? http.RequestServices.GetRequiredService<ErrorPage>().Broken(http, status).ExecuteAsync(http)
            : Results.Json(answer, AnswerJson.Default.OAuthAnswer, statusCode: status).ExecuteAsync(http);
    }

    private static (int Status, OAuthAnswer Answer) Explain(Exception? exception) => exception switch
    {
        BadHttpRequestException bad => (bad.StatusCode, new(Errors.InvalidRequest, "The request cannot be read.")),
        _ when IsDatabaseAway(exception) => (StatusCodes.Status503ServiceUnavailable,
            new(Errors.TemporarilyUnavailable, "The database cannot be reached: try again in a moment.")),
        _ => (StatusCodes.Status500InternalServerError, new(Errors.ServerError, "The request failed on our side; it has been logged.")),
    };

    private static bool IsDatabaseAway(Exception? exception) =>
        exception is not null && (exception is NpgsqlException { IsTransient: true } || IsDatabaseAway(exception.InnerException));
}
