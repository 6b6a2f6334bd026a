using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Bindings;

/// <summary>
/// Type <c>bindings.http</c>: a request to a URL. Metadata <c>path</c> is put behind it, metadata that begins with a capital letter
/// is a header, and an answer that is no success is a failure unless <c>errorIfNot2XX</c> is false.
/// </summary>
internal sealed class HttpBinding : IOutputBinding, IDisposable
{
    private const int LargestAnswer = 100 * 1024 * 1024;
    private readonly ComponentSpec _spec;
    private readonly string _url;
    private readonly HttpClient _client;

    public HttpBinding(ComponentSpec spec)
    {
        _spec = spec;
        _url = spec["url"] ?? throw new StartupException("url is missing or empty");
        if (!Uri.TryCreate(_url, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            throw new StartupException("url is not an absolute HTTP address");
        _client = new HttpClient(AppChannel.CreateHandler())
        {
            MaxResponseContentBufferSize = LargestAnswer,
            Timeout = spec["responseTimeout"] is { } timeout ? GoDuration.Parse(timeout, "responseTimeout") : Timeout.InfiniteTimeSpan,
        };
    }

    public IReadOnlyList<string> Capabilities { get; } = ["OUTPUT_BINDING"];
    public IReadOnlyList<string> Operations { get; } = ["create", "get", "head", "post", "put", "patch", "delete", "options", "trace"];

    public Task Start(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task<BindingResponse> Invoke(BindingRequest request, CancellationToken cancellationToken)
    {
        using var message = Message(request);
        using var answer = await _client.SendAsync(message, cancellationToken);
        if (!answer.IsSuccessStatusCode && !(request["errorIfNot2XX"] ?? _spec["errorIfNot2XX"] ?? "true").Equals("false", StringComparison.OrdinalIgnoreCase))
            throw new HttpRequestException($"received status code '{(int)answer.StatusCode}'");
        var metadata = answer.Headers.Concat(answer.Content.Headers).ToDictionary(header => header.Key, header => string.Join(", ", header.Value));
        metadata["statusCode"] = ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
        metadata["status"] = $"{(int)answer.StatusCode} {answer.ReasonPhrase}";
        return new BindingResponse(await answer.Content.ReadAsByteArrayAsync(cancellationToken)) { Metadata = metadata };
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Message(BindingRequest request)
    {
        var path = request["path"];
        var url = path is null ? _url : $"{_url.TrimEnd('/')}/{path.TrimStart('/')}";
        var method = request.Operation == "create" ? HttpMethod.Post : new HttpMethod(request.Operation.ToUpperInvariant());
        var message = new HttpRequestMessage(method, url);
        if (method == HttpMethod.Post || method == HttpMethod.Put || method == HttpMethod.Patch)
            message.Content = Content(request);
        foreach (var (name, value) in request.Metadata.Where(pair => IsHeader(pair.Key)))
            message.Headers.TryAddWithoutValidation(name, value);
        if (_spec["securityTokenHeader"] is { } header && _spec["securityToken"] is { } token)
            message.Headers.TryAddWithoutValidation(header, token);
        return message;
    }

    // Over HTTP the data is JSON: a text for a target that does not take JSON is sent without its quotes.
    private static ByteArrayContent Content(BindingRequest request)
    {
        var type = request["Content-Type"] is { } given && MediaTypeHeaderValue.TryParse(given, out var parsed)
            ? parsed
            : new MediaTypeHeaderValue("application/json", "utf-8");
        var isJson = type.MediaType is { } media && (media == "application/json" || media.EndsWith("+json", StringComparison.Ordinal));
        var data = isJson ? request.Data.ToArray() : BindingData.Unquote(request.Data);
        return new ByteArrayContent(data) { Headers = { ContentType = type } };
    }

    private static bool IsHeader(string name) =>
        (char.IsUpper(name[0]) || name is "traceparent" or "tracestate") && !name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Data that came as JSON where bytes are meant.</summary>
internal static class BindingData
{
    /// <summary>The text of a JSON string; anything else as it is.</summary>
    public static byte[] Unquote(ReadOnlyMemory<byte> data)
    {
        if (data.Length < 2 || data.Span[0] != '"')
            return data.ToArray();
        try
        {
            return Encoding.UTF8.GetBytes(JsonSerializer.Deserialize<string>(data.Span)!);
        }
        catch (JsonException)
        {
            return data.ToArray();
        }
    }
}
