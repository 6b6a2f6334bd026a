using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.AspNetCore.WebUtilities;
using Platform.Automation.V1;
using Platform.Contacts.V1;
using Platform.Invocation;
using Platform.Languages;
using Platform.Records.V1;

namespace Platform.Gateway.Sites;

/// <summary>Asks the services that have public pages, in the name of nobody.</summary>
internal sealed partial class SiteDoor(HttpClient sidecar, ILogger<SiteDoor> logger)
{
    private const string Signups = "automation/signups";

    private static readonly JsonParser Json = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));

    public Task<SiteAnswer<ListPublishedResponse>> ListAsync(HttpContext context, string site, string query, string category, string page, int size = 50) =>
        ReadAsync<ListPublishedResponse>(context, DaprNames.Records, "objects:published", new()
        {
            ["site"] = site,
            ["query"] = query,
            ["category"] = category,
            ["pageToken"] = page,
            ["pageSize"] = $"{size}",
        });

    public Task<SiteAnswer<GetPublishedResponse>> GetAsync(HttpContext context, string site, string slug) =>
        ReadAsync<GetPublishedResponse>(context, DaprNames.Records, "objects:publishedRecord", new() { ["site"] = site, ["slug"] = slug });

    public Task<SiteAnswer<OpenForm>> FormAsync(HttpContext context, string site, string form) =>
        ReadAsync<OpenForm>(context, DaprNames.Contacts, "contacts:openForm", new() { ["site"] = site, ["form"] = form });

    public Task<SiteAnswer<SubmitOpenFormResponse>> SubmitAsync(HttpContext context, SubmitOpenFormRequest answers) =>
        SendAsync<SubmitOpenFormResponse>(context, DaprNames.Contacts, "contacts:submitForm", JsonContent.Create(new
        {
            site = answers.Site,
            form = answers.Form,
            values = answers.Values,
            consents = answers.Consents,
            stamp = answers.Stamp,
            website = answers.Website,
        }), async content => Json.Parse<SubmitOpenFormResponse>(await content.ReadAsStringAsync(context.RequestAborted)));

    public Task<SiteAnswer<Signup>> BeginSignupAsync(HttpContext context, Signup signup) =>
        SendAsync<Signup>(context, DaprNames.Automation, Signups, new StringContent(JsonFormatter.Default.Format(signup), Encoding.UTF8, "application/json"), async content =>
            Json.Parse<Signup>(await content.ReadAsStringAsync(context.RequestAborted)));

    public Task<SiteAnswer<Signup>> GetSignupAsync(HttpContext context, string id) => ReadAsync<Signup>(context, DaprNames.Automation, $"{Signups}/{Uri.EscapeDataString(id)}", []);

    public Task<SiteAnswer<SiteImage>> LogoAsync(HttpContext context, string site) => ImageAsync(context, DaprNames.Records, "objects:publishedLogo", new() { ["site"] = site });

    public Task<SiteAnswer<SiteImage>> LogoAsync(HttpContext context, string site, string form) =>
        ImageAsync(context, DaprNames.Contacts, "contacts:formLogo", new() { ["site"] = site, ["form"] = form });

    private Task<SiteAnswer<SiteImage>> ImageAsync(HttpContext context, string app, string route, Dictionary<string, string?> query) =>
        SendAsync(context, app, QueryHelpers.AddQueryString(route, query), null, async content =>
            new SiteImage(content.Headers.ContentType?.MediaType ?? "", await content.ReadAsByteArrayAsync(context.RequestAborted)));

    private Task<SiteAnswer<T>> ReadAsync<T>(HttpContext context, string app, string route, Dictionary<string, string?> query)
        where T : class, IMessage<T>, new() =>
        SendAsync(context, app, QueryHelpers.AddQueryString(route, query), null, async content => Json.Parse<T>(await content.ReadAsStringAsync(context.RequestAborted)));

    private async Task<SiteAnswer<T>> SendAsync<T>(HttpContext context, string app, string route, HttpContent? body, Func<HttpContent, Task<T>> read)
        where T : class
    {
        try
        {
            using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, new Uri($"/v1.0/invoke/{app}/method/api/v1/{route}", UriKind.Relative)) { Content = body };
            request.Headers.TryAddWithoutValidation("Accept-Language", SpokenLanguage.Current);
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", context.Connection.RemoteIpAddress?.ToString());
            using var response = await sidecar.SendAsync(request, context.RequestAborted);
            if (response.IsSuccessStatusCode)
                return SiteAnswer<T>.Of(await read(response.Content));
            return response.StatusCode < System.Net.HttpStatusCode.InternalServerError
                ? Refused<T>((int)response.StatusCode, await response.Content.ReadAsStringAsync(context.RequestAborted))
                : Away<T>(response.StatusCode.ToString());
        }
        catch (Exception exception) when (exception is HttpRequestException or InvalidProtocolBufferException or JsonException or InvalidOperationException or KeyNotFoundException
            || (exception is OperationCanceledException && !context.RequestAborted.IsCancellationRequested))
        {
            return Away<T>(exception.GetType().Name);
        }
    }

    private static SiteAnswer<T> Refused<T>(int status, string problem)
        where T : class
    {
        using var document = JsonDocument.Parse(problem);
        var root = document.RootElement;
        var faults = new Dictionary<string, string>(StringComparer.Ordinal);
        if (root.TryGetProperty("errors", out var errors))
        {
            foreach (var error in errors.EnumerateArray())
                faults[$"{error.GetProperty("field").GetString()}"] = $"{error.GetProperty("message").GetString()}";
        }

        return new SiteAnswer<T>(null, status, Of("code"), Of("detail"), faults);

        string Of(string name) => root.TryGetProperty(name, out var value) ? $"{value.GetString()}" : "";
    }

    private SiteAnswer<T> Away<T>(string reason)
        where T : class
    {
        LogAway(logger, reason);
        return SiteAnswer<T>.Away;
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "A public page could not be asked for ({Reason})")]
    private static partial void LogAway(ILogger logger, string reason);
}

/// <summary>A picture as it is kept.</summary>
internal sealed record SiteImage(string ContentType, byte[] Content);
