using System.Net;
using System.Text.Json;

namespace Platform.Sidecar.PubSub.Delivery;

/// <summary>What an app's HTTP answer says about the messages that it was sent.</summary>
internal static class HttpAnswer
{
    private const int LongestAnswer = 64 * 1024;
    private static readonly DeliveryResult Unanswered = new(DeliveryOutcome.Retry, "the app answered without a status");

    public static async Task<DeliveryResult> Read(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (Refusal(response) is { } refusal)
            return refusal;
        return response.Content.Headers.ContentLength == 0
            ? DeliveryResult.Success
            : Of(Status(await ReadStart(response, cancellationToken)) ?? "SUCCESS", whenEmpty: DeliveryResult.Success);
    }

    /// <exception cref="JsonException">The answer is no JSON: for a bulk, unlike for a single message, that is a failure.</exception>
    public static async Task<IReadOnlyList<DeliveryResult>> ReadBulk(
        HttpResponseMessage response, BulkEnvelope bulk, CancellationToken cancellationToken)
    {
        if (Refusal(response) is { } refusal)
            return bulk.All(refusal);
        using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        var results = new Dictionary<string, DeliveryResult>();
        if (document.RootElement.ValueKind == JsonValueKind.Object
            && document.RootElement.TryGetProperty("statuses", out var statuses) && statuses.ValueKind == JsonValueKind.Array)
        {
            foreach (var status in statuses.EnumerateArray().Where(status => status.ValueKind == JsonValueKind.Object))
            {
                results[CloudEvents.Text(status, "entryId") ?? ""] = Of(CloudEvents.Text(status, "status") ?? "", whenEmpty: Unanswered);
            }
        }

        return bulk.InOrder(results);
    }

    private static DeliveryResult? Refusal(HttpResponseMessage response) =>
        response.StatusCode == HttpStatusCode.NotFound ? new DeliveryResult(DeliveryOutcome.Drop, "the app answered 404")
        : !response.IsSuccessStatusCode ? new DeliveryResult(DeliveryOutcome.Retry, $"the app answered {(int)response.StatusCode}")
        : null;

    private static DeliveryResult Of(string status, DeliveryResult whenEmpty) => status switch
    {
        "" => whenEmpty,
        "SUCCESS" => DeliveryResult.Success,
        "DROP" => new DeliveryResult(DeliveryOutcome.Drop, "the app answered DROP"),
        _ => new DeliveryResult(DeliveryOutcome.Retry, $"the app answered {status}"),
    };

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
            return document.RootElement.TryGetProperty("status", out var status) && status.ValueKind != JsonValueKind.Null ? status.ToString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
