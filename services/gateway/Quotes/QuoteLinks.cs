using System.Net.Http.Json;
using System.Text.Json;
using Google.Protobuf;
using Platform.Deals.V1;
using Platform.Gateway.Sites;
using Platform.Invocation;
using Platform.Languages;

namespace Platform.Gateway.Quotes;

/// <summary>What the deals service says about the link of a quote, or why it says nothing.</summary>
/// <param name="Quote">The quote; null where there is none, or the call was refused.</param>
/// <param name="Status">Status of HTTP.</param>
/// <param name="Refusal">What the customer is told; empty where nothing is.</param>
internal sealed record LinkAnswer(LinkedQuote? Quote, int Status, string Refusal);

/// <summary>Asks the deals service about links of quotes, for whoever has one.</summary>
internal sealed partial class QuoteLinks(HttpClient sidecar, ILogger<QuoteLinks> logger)
{
    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public Task<LinkAnswer> OpenAsync(HttpContext context, string token, string language) => SendAsync(context, "openLink", new { token }, language);

    public Task<LinkAnswer> AcceptAsync(HttpContext context, string token, AnswerForm form) =>
        SendAsync(context, "acceptLink", new { token, signerName = form.SignerName, agreed = form.Agreed, contentHash = form.ContentHash }, form.Language);

    public Task<LinkAnswer> DeclineAsync(HttpContext context, string token, AnswerForm form) =>
        SendAsync(context, "declineLink", new { token, signerName = form.SignerName, reason = form.Reason }, form.Language);

    /// <summary>The document; null where there is none, and the answer says why.</summary>
    public Task<(SiteImage? File, LinkAnswer Answer)> ReadDocumentAsync(HttpContext context, string token) => ReadAsync(context, "linkDocument", token);

    /// <summary>The logo of the company; null where there is none.</summary>
    public Task<(SiteImage? File, LinkAnswer Answer)> ReadLogoAsync(HttpContext context, string token) => ReadAsync(context, "linkLogo", token);

    private async Task<(SiteImage? File, LinkAnswer Answer)> ReadAsync(HttpContext context, string verb, string token)
    {
        SiteImage? file = null;
        var answer = await SendAsync(context, verb, new { token }, SpokenLanguage.Current, async content =>
        {
            file = new SiteImage(content.Headers.ContentType?.MediaType ?? "", await content.ReadAsByteArrayAsync(context.RequestAborted));
            return null;
        });
        return (file, answer);
    }

    private Task<LinkAnswer> SendAsync(HttpContext context, string verb, object body, string language) =>
        SendAsync(context, verb, body, language, async content => Json.Parse<LinkedQuote>(await content.ReadAsStringAsync(context.RequestAborted)));

    private async Task<LinkAnswer> SendAsync(HttpContext context, string verb, object body, string language, Func<HttpContent, Task<LinkedQuote?>> read)
    {
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"/v1.0/invoke/{DaprNames.Deals}/method/api/v1/quotes:{verb}", UriKind.Relative));
            request.Content = JsonContent.Create(body);
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", context.Connection.RemoteIpAddress?.ToString());
            using var response = await sidecar.SendAsync(request, context.RequestAborted);
            if (response.IsSuccessStatusCode)
                return new LinkAnswer(await read(response.Content), StatusCodes.Status200OK, "");
            var text = await response.Content.ReadAsStringAsync(context.RequestAborted);
            return response.StatusCode < System.Net.HttpStatusCode.InternalServerError && DetailOf(text) is { } detail
                ? new LinkAnswer(null, (int)response.StatusCode, detail)
                : Unavailable(response.StatusCode.ToString());
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidProtocolBufferException
            || (exception is OperationCanceledException && !context.RequestAborted.IsCancellationRequested))
        {
            return Unavailable(exception.GetType().Name);
        }
    }

    private LinkAnswer Unavailable(string reason)
    {
        LogUnavailable(logger, reason);
        return new LinkAnswer(null, StatusCodes.Status503ServiceUnavailable, "");
    }

    // Of wrong fields their sentences alone: their names are none of the form's.
    private static string? DetailOf(string problem)
    {
        try
        {
            using var document = JsonDocument.Parse(problem);
            var root = document.RootElement;
            if (root.TryGetProperty("errors", out var errors))
                return string.Join(' ', errors.EnumerateArray().Select(violation => violation.GetProperty("message").GetString()));
            return root.TryGetProperty("detail", out var detail) ? detail.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The link of a quote could not be asked about ({Reason})")]
    private static partial void LogUnavailable(ILogger logger, string reason);
}
