using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Errors;
using Platform.Gateway.Edge;
using Platform.Invocation;

namespace Platform.Gateway.Forwarding;

/// <summary>A REST call: the app is named in the path of the sidecar's invoke API. Refusals that are no problem yet become one.</summary>
internal sealed partial class RestTransformer(SidecarAddress sidecar, string appId, string target, ILogger logger)
    : SidecarTransformer(sidecar.Http, sidecar.ApiToken, $"/v1.0/invoke/{appId}/method{target}")
{
    private const int MaxErrorBody = 16 * 1024;

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null or { IsSuccessStatusCode: true } or { StatusCode: < System.Net.HttpStatusCode.BadRequest }
            || proxyResponse.Content.Headers.ContentType?.MediaType == "application/problem+json")
            return await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        await ExplainAsync(httpContext, proxyResponse, cancellationToken);
        return false;
    }

    protected override void AddHeaders(HttpContext context, HttpRequestHeaders headers)
    {
        headers.TryAddWithoutValidation("X-Forwarded-For", context.Connection.RemoteIpAddress?.ToString());
        headers.TryAddWithoutValidation("X-Forwarded-Proto", context.Request.Scheme);
        headers.TryAddWithoutValidation("X-Forwarded-Host", context.Request.Host.Value);
    }

    // A 401 that is no problem comes from the sidecar: it refuses us, not the client.
    private async Task ExplainAsync(HttpContext context, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var sidecarError = await SidecarErrorOf(response, cancellationToken);
        if (status == StatusCodes.Status413PayloadTooLarge || (sidecarError is null && status != StatusCodes.Status401Unauthorized))
        {
            if (response.Content.Headers.Allow.Count > 0)
                context.Response.Headers.Allow = string.Join(", ", response.Content.Headers.Allow);
            await Problems.WriteAsync(context, EmptyAnswers.ProblemOf(status, context.Response.Headers.Allow.ToString()));
            return;
        }

        LogRefused(logger, appId, status, sidecarError ?? "the sidecar refused the gateway's token");
        await Failures.RespondAsync(context, Failures.Unavailable);
    }

    /// <summary>The <c>errorCode</c> of Dapr's error body; null where the answer is none of Dapr's.</summary>
    private static async Task<string?> SidecarErrorOf(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers is not { ContentType.MediaType: "application/json", ContentLength: null or <= MaxErrorBody })
            return null;
        try
        {
            await response.Content.LoadIntoBufferAsync(MaxErrorBody, cancellationToken);
            using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellationToken), cancellationToken: cancellationToken);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("errorCode", out var code) ? code.GetString() : null;
        }
        catch (Exception exception) when (exception is JsonException or HttpRequestException)
        {
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The sidecar did not reach '{App}' ({Status}: {Error})")]
    private static partial void LogRefused(ILogger logger, string app, int status, string error);
}
