using System.Diagnostics;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Platform.Identity.Pages;

/// <summary>A page for the errors that cannot be sent back to the application. It tells people what to do, and nothing about us.</summary>
internal sealed partial class ErrorPage(Assets assets, ILogger<ErrorPage> logger)
{
    public IResult Render(HttpContext http, OpenIddictResponse refusal)
    {
        var texts = Texts.In(Locale.Of(http));
        var text = refusal switch
        {
            { Error: Errors.InvalidClient } => texts.ErrorClient,
            { ErrorDescription: { } description } when description.Contains("redirect_uri", StringComparison.Ordinal) => texts.ErrorRedirect,
            { ErrorDescription: { } description } when description.Contains("client_id", StringComparison.Ordinal) => texts.ErrorClient,
            _ => texts.ErrorRequest,
        };
        return Render(http, text, StatusCodes.Status400BadRequest, refusal.Error);
    }

    public IResult Stale(HttpContext http) =>
        Render(http, Texts.In(Locale.Of(http)).ErrorStale, StatusCodes.Status400BadRequest, "stale_page");

    public IResult Broken(HttpContext http, int status)
    {
        var texts = Texts.In(Locale.Of(http));
        return status < StatusCodes.Status500InternalServerError
            ? Render(http, texts.ErrorRequest, status, Errors.InvalidRequest)
            : Render(http, texts.ErrorServer, status, Errors.ServerError);
    }

    /// <summary>Something that was refused for a reason which helps whoever reads it.</summary>
    public IResult Refused(HttpContext http, string text, string code) => Render(http, text, StatusCodes.Status400BadRequest, code);

    public IResult NotFound(HttpContext http) =>
        Render(http, Texts.In(Locale.Of(http)).ErrorNotFound, StatusCodes.Status404NotFound, "not_found");

    private IResult Render(HttpContext http, string text, int status, string? code)
    {
        var language = Locale.Of(http);
        var texts = Texts.In(language);
        var reference = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier;
        LogShown(logger, code, reference);
        return new Page(language, texts.ErrorTitle, Html.Of($"""
            <h1>{texts.ErrorTitle}</h1>
            <p class="lead" role="alert" data-error="{code}">{text}</p>
            <p>{texts.ErrorHint}</p>
            <p class="reference">{texts.Reference} <code>{reference}</code></p>
            """)) { Status = status }.Render(assets);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "A person was shown the error {Code}, reference {Reference}")]
    private static partial void LogShown(ILogger logger, string? code, string reference);
}
