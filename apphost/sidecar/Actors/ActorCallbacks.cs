using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Platform.Sidecar.Apps;

namespace Platform.Sidecar.Actors;

/// <summary>What the sidecar asks of an app that hosts actors.</summary>
internal static class ActorCallbacks
{
    public const string ReentrancyHeader = "Dapr-Reentrancy-Id";

    // Of one connection and not of the message, or written anew.
    private static readonly HashSet<string> NotForwarded = new(StringComparer.OrdinalIgnoreCase)
    {
        "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding",
        "Upgrade", "Host", "Content-Length", "Content-Type", "Expect", AppChannel.TokenHeader, ReentrancyHeader,
    };

    public static bool IsForwarded(string header) => !NotForwarded.Contains(header) && !header.StartsWith(':');

    /// <param name="channel">The app's.</param>
    /// <param name="actor">Whom to call.</param>
    /// <param name="method">The method, or <c>remind/{name}</c>, or <c>timer/{name}</c>.</param>
    /// <param name="request">What to send.</param>
    /// <param name="reentrancyId">What calls that come of this one are to carry.</param>
    /// <param name="aborted">Breaks it off.</param>
    /// <exception cref="ActorFailedException">The app answered, but not with 200.</exception>
    /// <exception cref="HttpRequestException">The app did not answer.</exception>
    public static async Task<ActorReply> Call(
        this AppChannel channel, ActorAddress actor, string method, ActorRequest request, string? reentrancyId, CancellationToken aborted)
    {
        var path = $"{actor.Path}/method/{string.Join('/', method.Split('/').Select(Uri.EscapeDataString))}{request.Query}";
        using var message = channel.Request(HttpMethod.Put, path);
        message.Content = new ReadOnlyMemoryContent(request.Body);
        if (request.ContentType is { Length: > 0 } contentType)
            message.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        foreach (var (name, value) in request.Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
                message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        if (reentrancyId is not null)
            message.Headers.TryAddWithoutValidation(ReentrancyHeader, reentrancyId);
        using var slot = await channel.Enter(aborted);
        using var response = await channel.Client.SendAsync(message, aborted);
        var body = await response.Content.ReadAsByteArrayAsync(aborted);
        if (response.StatusCode == HttpStatusCode.OK)
            return new ActorReply(body, [.. Headers(response)], response.Content.Headers.ContentType?.ToString());
        throw new ActorFailedException(response.StatusCode == HttpStatusCode.NotFound
            ? $"actor method not found: {Uri.UnescapeDataString(path[1..])}"
            : $"error from actor service: ({(int)response.StatusCode}) {Encoding.UTF8.GetString(body)}");
    }

    public static async Task Deactivate(this AppChannel channel, ActorAddress actor, CancellationToken cancellationToken)
    {
        using var message = channel.Request(HttpMethod.Delete, actor.Path);
        using var response = await channel.Client.SendAsync(message, cancellationToken);
        if (response.StatusCode != HttpStatusCode.OK)
            throw new ActorFailedException($"the app answered {(int)response.StatusCode}");
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(HttpResponseMessage response) =>
        All(response.Headers).Concat(All(response.Content.Headers)).Where(header => IsForwarded(header.Key));

    private static IEnumerable<KeyValuePair<string, string>> All(HttpHeaders headers) =>
        headers.NonValidated.SelectMany(header => header.Value, (header, value) => KeyValuePair.Create(header.Key, value));
}
