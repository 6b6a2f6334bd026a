using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Google.Protobuf;

namespace Platform.Demo;

/// <summary>The public REST door, as one person.</summary>
internal sealed class Api(Uri gateway, string token, CancellationToken cancellationToken) : IDisposable
{
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithIgnoreUnknownFields(true));
    private readonly HttpClient _http = new() { BaseAddress = gateway, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) } };

    /// <summary>Reads a resource or a list.</summary>
    public Task<T> GetAsync<T>(string path)
        where T : IMessage<T>, new() => SendAsync<T>(HttpMethod.Get, path, null);

    /// <summary>Creates, or calls a custom verb; repeating it by mistake does nothing twice.</summary>
    public Task<T> PostAsync<T>(string path, IMessage? body = null)
        where T : IMessage<T>, new() =>
        SendAsync<T>(HttpMethod.Post, path, new StringContent(body is null ? "{}" : JsonFormatter.Default.Format(body), Encoding.UTF8, "application/json"));

    /// <summary>Changes the fields of a resource that the path's updateMask names.</summary>
    public Task<T> PatchAsync<T>(string path, IMessage body)
        where T : IMessage<T>, new() => SendAsync<T>(HttpMethod.Patch, path, new StringContent(JsonFormatter.Default.Format(body), Encoding.UTF8, "application/json"));

    /// <summary>Sends a file as it is.</summary>
    public Task<T> UploadAsync<T>(string path, Stream file, string mediaType)
        where T : IMessage<T>, new() => SendAsync<T>(HttpMethod.Post, path, new StreamContent(file) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } });

    /// <summary>The status of a read that is expected to be refused.</summary>
    public async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);
        return response.StatusCode;
    }

    public void Dispose() => _http.Dispose();

    private static string Reason(string problem)
    {
        try
        {
            var root = JsonDocument.Parse(problem).RootElement;
            return $" {root.GetProperty("code").GetString()}: {root.GetProperty("detail").GetString()}";
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $": {problem}";
        }
    }

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content)
        where T : IMessage<T>, new()
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
        if (method == HttpMethod.Post && content is StringContent)
            request.Headers.Add("Idempotency-Key", Guid.CreateVersion7().ToString());
        using var response = await _http.SendAsync(request, cancellationToken);
        var text = await response.Content.ReadAsStringAsync(cancellationToken);
        return response.IsSuccessStatusCode ? Parser.Parse<T>(text) : throw new DemoFailedException($"{method} {path} answered {(int)response.StatusCode}{Reason(text)}");
    }
}
