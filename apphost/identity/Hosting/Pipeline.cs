using Platform.Identity.Account;
using Platform.Identity.Admin;
using Platform.Identity.Brokering;
using Platform.Identity.Consents;
using Platform.Identity.Pages;
using Platform.Identity.Passkeys;
using Platform.Identity.SignIn;
using Platform.Identity.SignOut;
using Platform.Identity.Steps;
using Platform.Identity.Tokens;

namespace Platform.Identity.Hosting;

internal static class Pipeline
{
    private static readonly string[] GetOrPost = [HttpMethods.Get, HttpMethods.Post];

    public static void MapIdentity(this WebApplication app)
    {
        var addresses = app.Services.GetRequiredService<RealmAddresses>();
        app.Use(UsePublicAddress(app.Services.GetRequiredService<IdentityOptions>()));
        app.Use(SecurityHeaders);
        app.UseExceptionHandler(Failures.Options);
        app.UseStatusCodePages(context =>
            context.HttpContext.Response.StatusCode is StatusCodes.Status404NotFound or StatusCodes.Status405MethodNotAllowed
                ? AnswerEmpty(context.HttpContext)
                : Task.CompletedTask);
        app.UseCors();
        app.UseAuthentication();

        app.MapMethods(addresses.Authorization, GetOrPost, (AuthorizeEndpoint endpoint, HttpContext http) => endpoint.Handle(http));
        app.MapPost(addresses.Token, (TokenEndpoint endpoint, HttpContext http) => endpoint.Handle(http));
        app.MapMethods(addresses.UserInfo, GetOrPost, UserInfoEndpoint.Handle);
        app.MapMethods(addresses.EndSession, GetOrPost, (EndSessionEndpoint endpoint, HttpContext http) => endpoint.Handle(http));
        app.MapPost(addresses.Authenticate, (SignInEndpoint endpoint, HttpContext http) => endpoint.Handle(http));
        app.MapPost(addresses.RequiredAction, (StepEndpoint endpoint, HttpContext http) => endpoint.SubmitAsync(http));
        app.MapGet(addresses.ActionToken, (StepEndpoint endpoint, HttpContext http) => endpoint.FollowAsync(http));
        app.MapGet(addresses.ResetCredentials, (ForgotPassword endpoint, HttpContext http) => endpoint.Show(http));
        app.MapPost(addresses.ResetCredentials, (ForgotPassword endpoint, HttpContext http) => endpoint.SendAsync(http));
        app.MapPost(addresses.Passkey, (PasskeySignIn endpoint, HttpContext http) => endpoint.Handle(http));
        app.MapPost(addresses.Consent, (ConsentEndpoint endpoint, HttpContext http) => endpoint.Handle(http));
        app.MapGet(addresses.Base, RealmInformation.Handle);
        app.MapBrokering(addresses);
        app.MapAccount(addresses);
        app.MapAdmin(addresses);
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

    private static Task AnswerEmpty(HttpContext http) => Failures.IsForPeople(http)
        ? http.RequestServices.GetRequiredService<ErrorPage>().NotFound(http).ExecuteAsync(http)
        : Results.Json(
            new OAuthAnswer("not_found", "There is nothing at this address for this method."),
            AnswerJson.Default.OAuthAnswer,
            statusCode: http.Response.StatusCode).ExecuteAsync(http);
}
