using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Platform.Sidecar.Apps;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>Posts a message to the app, and reads from the answer what is to become of it.</summary>
internal static class HttpDelivery
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly MediaTypeHeaderValue CloudEvent = new(CloudEvents.ContentType);

    public static async Task<DeliveryResult> Send(AppChannel channel, TopicMessage message, CancellationToken cancellationToken)
    {
        try
        {
            using var request = Request(channel, message);
            using var response = await channel.Client.SendAsync(request, cancellationToken);
            return await Read(response, cancellationToken);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return new DeliveryResult(DeliveryOutcome.Unreachable, error.Message);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return new DeliveryResult(DeliveryOutcome.Retry, error.GetBaseException().Message);
        }
    }

    private static HttpRequestMessage Request(AppChannel channel, TopicMessage message)
    {
        var request = channel.Request(HttpMethod.Post, message.Path);
        request.Content = new ReadOnlyMemoryContent(message.CloudEvent);
        request.Content.Headers.ContentType = CloudEvent;
        request.Headers.TryAddWithoutValidation("pubsubName", message.PubSub);
        foreach (var (name, value) in message.Metadata)
            request.Headers.TryAddWithoutValidation(name, value);
        return request;
    }

    private static async Task<DeliveryResult> Read(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
            return new DeliveryResult(DeliveryOutcome.Drop, "the app answered 404");
        if (!response.IsSuccessStatusCode)
            return new DeliveryResult(DeliveryOutcome.Retry, $"the app answered {(int)response.StatusCode}");
        return response.Content.Headers.ContentLength == 0 ? DeliveryResult.Success : Status(await ReadStart(response, cancellationToken)) switch
        {
            null or "" or "SUCCESS" => DeliveryResult.Success,
            "DROP" => new DeliveryResult(DeliveryOutcome.Drop, "the app answered DROP"),
            var status => new DeliveryResult(DeliveryOutcome.Retry, $"the app answered {status}"),
        };
    }

    // An app may answer with anything; a status is never long.
    private static async Task<byte[]> ReadStart(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[Math.Min(response.Content.Headers.ContentLength ?? 1024, LongestAnswer)];
        return buffer[..await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken)];
    }

    // Null for an answer that is no JSON object or has no status: the app has taken the message.
    private static string? Status(byte[] answer)
    {
        if (!CloudEvents.LooksLikeObject(answer))
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
}
