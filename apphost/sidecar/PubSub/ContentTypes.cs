namespace Platform.Sidecar.PubSub;

/// <summary>What a content type says about how data travel in JSON.</summary>
internal static class ContentTypes
{
    public const string CloudEvent = "application/cloudevents+json";

    public static bool IsCloudEvent(string contentType) => contentType.StartsWith(CloudEvent, StringComparison.OrdinalIgnoreCase);

    public static bool IsJson(string contentType)
    {
        var end = contentType.IndexOf(';', StringComparison.Ordinal);
        var type = (end < 0 ? contentType.AsSpan() : contentType.AsSpan(0, end)).Trim();
        return type.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.EndsWith("+json", StringComparison.OrdinalIgnoreCase);
    }

    public static bool IsBinary(string contentType) =>
        contentType.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase)
        || contentType.StartsWith("application/cloudevents+protobuf", StringComparison.OrdinalIgnoreCase);

    public static bool IsText(string contentType) =>
        contentType.StartsWith("text/", StringComparison.OrdinalIgnoreCase)
        || contentType.StartsWith("application/xml", StringComparison.OrdinalIgnoreCase);
}
