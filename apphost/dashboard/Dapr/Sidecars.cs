using System.Net.Http.Json;
using System.Text.Json;

namespace Platform.Dashboard.Dapr;

/// <summary>What a sidecar says about its app; the names are those of Dapr's metadata API.</summary>
internal sealed record SidecarMetadata(
    string Id,
    string RuntimeVersion,
    IReadOnlyList<SidecarComponent>? Components,
    IReadOnlyList<SidecarSubscription>? Subscriptions,
    SidecarConnection? AppConnectionProperties,
    SidecarWorkflows? Workflows);

internal sealed record SidecarComponent(string Name, string Type, string Version, IReadOnlyList<string>? Capabilities);

internal sealed record SidecarSubscription(string Pubsubname, string Topic, string? DeadLetterTopic, string? Type, IReadOnlyList<SidecarRule>? Rules);

internal sealed record SidecarRule(string? Match, string Path);

internal sealed record SidecarConnection(int Port, string Protocol);

internal sealed record SidecarWorkflows(int ConnectedWorkers);

/// <summary>Speaks to the sidecars' HTTP API.</summary>
internal sealed class Sidecars(HttpClient http)
{
    private const int MostOfAnswer = 20_000;

    // The page asks all of them, and one that hangs must not keep the others from being seen.
    private static readonly TimeSpan MetadataPatience = TimeSpan.FromSeconds(2);

    /// <summary>Null when the sidecar does not answer.</summary>
    public async Task<SidecarMetadata?> MetadataAsync(DaprApp app, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(MetadataPatience);
        try
        {
            using var request = RequestTo(app, HttpMethod.Get, "/v1.0/metadata");
            request.Headers.Add(Untraced.Header, Untraced.Parent);
            using var response = await http.SendAsync(request, patience.Token);
            return response.IsSuccessStatusCode ? await response.Content.ReadFromJsonAsync<SidecarMetadata>(JsonSerializerOptions.Web, patience.Token) : null;
        }
        catch (Exception failure) when (IsNoAnswer(failure, cancellationToken))
        {
            return null;
        }
    }

    /// <summary>Whether a call failed because the other end is away, too slow, or answers what is no JSON; and not because the caller gave up.</summary>
    public static bool IsNoAnswer(Exception failure, CancellationToken cancellationToken) =>
        failure is HttpRequestException or JsonException || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested);

    /// <summary>Publishes an event as an app.</summary>
    public Task<string> PublishAsync(DaprApp app, string component, string topic, string body, CancellationToken cancellationToken) =>
        SendAsync(RequestTo(app, HttpMethod.Post, $"/v1.0/publish/{Uri.EscapeDataString(component)}/{Uri.EscapeDataString(topic)}"), body, cancellationToken);

    /// <summary>Calls a method of an app through its sidecar.</summary>
    public Task<string> InvokeAsync(DaprApp app, HttpMethod verb, string method, string body, CancellationToken cancellationToken) =>
        SendAsync(RequestTo(app, verb, $"/v1.0/invoke/{Uri.EscapeDataString(app.Id)}/method/{method.TrimStart('/')}"), body, cancellationToken);

    private async Task<string> SendAsync(HttpRequestMessage request, string body, CancellationToken cancellationToken)
    {
        using (request)
        {
            if (body.Length > 0 && request.Method != HttpMethod.Get)
                request.Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            try
            {
                using var response = await http.SendAsync(request, cancellationToken);
                var text = await response.Content.ReadAsStringAsync(cancellationToken);
                return $"{(int)response.StatusCode} {response.ReasonPhrase}\n{(text.Length > MostOfAnswer ? text[..MostOfAnswer] + "…" : text)}";
            }
            catch (HttpRequestException failure)
            {
                return failure.Message;
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return $"No answer within {http.Timeout.TotalSeconds:0.#} s; it may go on.";
            }
        }
    }

    private static HttpRequestMessage RequestTo(DaprApp app, HttpMethod verb, string path)
    {
        var request = new HttpRequestMessage(verb, $"http://127.0.0.1:{app.HttpPort}{path}");
        if (app.Token is { } token)
            request.Headers.Add("dapr-api-token", token);
        return request;
    }
}
