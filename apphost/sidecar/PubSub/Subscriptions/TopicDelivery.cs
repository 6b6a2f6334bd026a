using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Sidecar.Apps;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>Posts a message to the app, and reads from the answer what is to become of it.</summary>
internal sealed class TopicDelivery(AppChannel channel, string pubSub, IReadOnlyDictionary<string, Subscription> subscriptions)
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly MediaTypeHeaderValue CloudEvent = new(CloudEvents.ContentType);

    public async Task<DeliveryResult> Deliver(BrokerDelivery delivery, CancellationToken cancellationToken)
    {
        try
        {
            return await Post(delivery, cancellationToken);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return new DeliveryResult(DeliveryOutcome.Unreachable, error.Message);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return new DeliveryResult(DeliveryOutcome.Unreachable, "given up");
        }
        catch (JsonException error)
        {
            return new DeliveryResult(DeliveryOutcome.Drop, $"the message is not a CloudEvent: {error.Message}");
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new DeliveryResult(DeliveryOutcome.Retry, error.GetBaseException().Message);
        }
    }

    private async Task<DeliveryResult> Post(BrokerDelivery delivery, CancellationToken cancellationToken)
    {
        if (!subscriptions.TryGetValue(delivery.Topic, out var subscription))
            return new DeliveryResult(DeliveryOutcome.Drop, "the app no longer subscribes to the topic");
        var body = subscription.IsRaw ? CloudEvents.WrapRaw(delivery.Payload, pubSub, delivery.Topic) : delivery.Payload;
        if (!subscription.IsRaw && !LooksLikeObject(body.Span))
            return new DeliveryResult(DeliveryOutcome.Drop, "the message is not a CloudEvent");
        if (subscription.Routes.PathOf(body) is not { } path)
            return new DeliveryResult(DeliveryOutcome.Drop, "no route matches");

        using var slot = await channel.Enter(cancellationToken);
        using var request = Request(delivery, path, body);
        using var response = await channel.Client.SendAsync(request, cancellationToken);
        return await Read(response, cancellationToken);
    }

    private HttpRequestMessage Request(BrokerDelivery delivery, string path, ReadOnlyMemory<byte> body)
    {
        var request = channel.Request(HttpMethod.Post, path);
        request.Content = new ReadOnlyMemoryContent(body);
        request.Content.Headers.ContentType = CloudEvent;
        request.Headers.TryAddWithoutValidation("pubsubName", pubSub);
        foreach (var (name, value) in delivery.Metadata)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static async Task<DeliveryResult> Read(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
            return new DeliveryResult(DeliveryOutcome.Drop, "the app answered 404");
        if (!response.IsSuccessStatusCode)
            return new DeliveryResult(DeliveryOutcome.Retry, $"the app answered {(int)response.StatusCode}");
        if (response.Content.Headers.ContentLength is 0 or > LongestAnswer)
            return DeliveryResult.Success;
        return Status(await response.Content.ReadAsByteArrayAsync(cancellationToken)) switch
        {
            null or "" or "SUCCESS" => DeliveryResult.Success,
            "DROP" => new DeliveryResult(DeliveryOutcome.Drop, "the app answered DROP"),
            var status => new DeliveryResult(DeliveryOutcome.Retry, $"the app answered {status}"),
        };
    }

    // Null for an answer that is no JSON object or has no status: the app has taken the message.
    private static string? Status(byte[] answer)
    {
        if (!LooksLikeObject(answer))
            return null;
        try
        {
            using var document = JsonDocument.Parse(answer);
            return document.RootElement.TryGetProperty("status", out var status) ? status.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool LooksLikeObject(ReadOnlySpan<byte> json) => json.TrimStart(" \t\r\n"u8) is [(byte)'{', ..];
}
