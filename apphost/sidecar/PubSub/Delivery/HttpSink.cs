using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Sidecar.Apps;

namespace Platform.Sidecar.PubSub.Delivery;

/// <summary>Posts messages to the app's routes.</summary>
internal sealed class HttpSink(AppChannel channel) : ITopicSink
{
    private static readonly MediaTypeHeaderValue CloudEvent = new(ContentTypes.CloudEvent);
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    // Of a message's metadata those that would break the request are no headers.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "content-length", "content-type", "content-encoding", "transfer-encoding", "connection", "keep-alive", "upgrade", "te", "trailer",
        "host", "expect", "traceparent", "tracestate", "traceid", "pubsubName", AppChannel.TokenHeader,
    };

    public Task<DeliveryResult> Send(TopicMessage message, CancellationToken cancellationToken)
    {
        return Post(Request, HttpAnswer.Read, failed => failed, cancellationToken);

        HttpRequestMessage Request()
        {
            var request = Begin(message, message.CloudEvent, CloudEvent);
            foreach (var (name, value) in message.Delivery.Metadata.Where(pair => !Reserved.Contains(pair.Key)))
                request.Headers.TryAddWithoutValidation(name, value);
            if (message.TraceParent is { } parent)
                request.Headers.TryAddWithoutValidation("traceparent", parent);
            if (message.TraceState is { } state)
                request.Headers.TryAddWithoutValidation("tracestate", state);
            return request;
        }
    }

    public Task<IReadOnlyList<DeliveryResult>> SendBulk(IReadOnlyList<TopicMessage> messages, CancellationToken cancellationToken)
    {
        var bulk = new BulkEnvelope(messages);
        return Post(
            () => Begin(messages[0], bulk.ToJson(), Json),
            (response, token) => HttpAnswer.ReadBulk(response, bulk, token), bulk.All, cancellationToken);
    }

    private async Task<T> Post<T>(
        Func<HttpRequestMessage> create, Func<HttpResponseMessage, CancellationToken, Task<T>> read, Func<DeliveryResult, T> failed,
        CancellationToken cancellationToken)
    {
        using var slot = await channel.Enter(cancellationToken);
        try
        {
            using var request = create();
            using var response = await channel.Client.SendAsync(request, cancellationToken);
            return await read(response, cancellationToken);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return failed(new DeliveryResult(DeliveryOutcome.Unreachable, error.Message));
        }
        catch (Exception error) when (error is HttpRequestException or IOException or JsonException)
        {
            return failed(new DeliveryResult(DeliveryOutcome.Retry, error.GetBaseException().Message));
        }
    }

    private HttpRequestMessage Begin(TopicMessage message, ReadOnlyMemory<byte> body, MediaTypeHeaderValue contentType)
    {
        var request = channel.Request(HttpMethod.Post, message.Path!);
        request.Content = new ReadOnlyMemoryContent(body);
        request.Content.Headers.ContentType = contentType;
        request.Headers.TryAddWithoutValidation("pubsubName", message.PubSub);
        return request;
    }
}
