using Platform.Identity.Pages;
using Platform.Identity.SignIn;
using Platform.Identity.SignOut;
using Platform.Identity.Tokens;

namespace Platform.Identity.Hosting;

internal static class Pipeline
{
    private static readonly string[] GetOrPost = [HttpMethods.Get, HttpMethods.Post];

    public static void MapIdentity(this WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<RealmAddresses>();
        app.Use(SecurityHeaders);
        app.UseExceptionHandler(errors => errors.Run(AnswerBroken));
        app.UseStatusCodePages(context => AnswerEmpty(context.HttpContext));
        app.Use(UsePublicAddress(app.Services.GetRequiredService<IdentityOptions>()));
        app.UseCors();
        app.UseAuthentication();

        app.MapMethods(addresses.Authorization, GetOrPost, Authorize.Handle);
        app.MapPost(addresses.Token, Exchange.Handle);
        app.MapMethods(addresses.UserInfo, GetOrPost, UserInfo.Handle);
        app.MapMethods(addresses.EndSession, GetOrPost, EndSession.Handle);
        app.MapPost(addresses.Authenticate, SignInEndpoint.Handle);
        app.MapGet(addresses.Base, RealmInformation.Handle);
        app.MapGet("/resources/{version}/{name}", (HttpContext http, Assets assets, string version, string name) => assets.Serve(http, version, name));
        app.MapGet("/health", Health);
        app.MapGet("/health/ready", Health);
        app.MapGet("/health/live", () => Results.Json(new HealthAnswer("UP"), AnswerJson.Default.HealthAnswer));
    }

    private static Task SecurityHeaders(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        return next(http);
    }

    // Addresses in answers are the configured ones, whatever the Host header says.
    private static Func<HttpContext, RequestDelegate, Task> UsePublicAddress(IdentityOptions options)
    {
        var scheme = options.PublicUrl.Scheme;
        var host = HostString.FromUriComponent(options.PublicUrl);
        return (http, next) =>
        {
            http.Request.Scheme = scheme;
            http.Request.Host = host;
            return next(http);
        };
    }

    private static async Task<IResult> Health(DatabaseState database, CancellationToken cancellationToken) =>
        await database.IsReachableAsync(cancellationToken)
            ? Results.Json(new HealthAnswer("UP"), AnswerJson.Default.HealthAnswer)
            : Results.Json(new HealthAnswer("DOWN"), AnswerJson.Default.HealthAnswer, statusCode: StatusCodes.Status503ServiceUnavailable);

    private static Task AnswerBroken(HttpContext http) => ForPeople(http)
        ? http.RequestServices.GetRequiredService<ErrorPage>().Broken(http).ExecuteAsync(http)
        : Results.Json(new OAuthAnswer("server_error", "The request failed on our side; it has been logged."), AnswerJson.Default.OAuthAnswer,
            statusCode: StatusCodes.Status500InternalServerError).ExecuteAsync(http);

    private static Task AnswerEmpty(HttpContext http) => http.Response.StatusCode == StatusCodes.Status404NotFound && ForPeople(http)
        ? http.RequestServices.GetRequiredService<ErrorPage>().NotFound(http).ExecuteAsync(http)
        : Task.CompletedTask;

    private static bool ForPeople(HttpContext http) => http.Request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal);
}
