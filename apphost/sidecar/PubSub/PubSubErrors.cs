using Grpc.Core;
using Platform.Sidecar.Errors;

namespace Platform.Sidecar.PubSub;

/// <summary>The failures of the publish API, in daprd's codes and words.</summary>
internal static class PubSubErrors
{
    public static DaprError NotConfigured(string name, IReadOnlyDictionary<string, string> metadata) => new(
        400, StatusCode.FailedPrecondition, "ERR_PUBSUB_NOT_CONFIGURED", $"pubsub {name} is not configured", "DAPR_PUBSUB_NOT_CONFIGURED")
    {
        Metadata = metadata,
    };

    public static DaprError NotFound(string name, IReadOnlyDictionary<string, string> metadata) => new(
        404, StatusCode.InvalidArgument, "ERR_PUBSUB_NOT_FOUND", $"pubsub {name} is not found", "DAPR_PUBSUB_NOT_FOUND")
    {
        Metadata = metadata,
    };

    public static DaprError NameEmpty(IReadOnlyDictionary<string, string> metadata) => Of(
        "", 404, StatusCode.InvalidArgument, "ERR_PUBSUB_EMPTY", "pubsub name is empty", "NAME_EMPTY", metadata);

    public static DaprError TopicEmpty(string name, IReadOnlyDictionary<string, string> metadata) => Of(
        name, 404, StatusCode.InvalidArgument, "ERR_TOPIC_NAME_EMPTY", $"topic is empty in pubsub {name}", "TOPIC_NAME_EMPTY", metadata);

    public static DaprError BadMetadata(string name, string reason, IReadOnlyDictionary<string, string> metadata) => Of(
        name, 400, StatusCode.InvalidArgument, "ERR_PUBSUB_REQUEST_METADATA",
        $"failed deserializing metadata. Error: {reason}", "METADATA_DESERIALIZATION", metadata);

    public static DaprError Forbidden(string name, string topic, string app) => Of(
        name, 403, StatusCode.PermissionDenied, "ERR_PUBSUB_FORBIDDEN", $"topic {topic} is not allowed for app id {app}", "FORBIDDEN",
        About(("topic", topic), ("error", $"topic {topic} is not allowed for app id {app}")));

    public static DaprError PublishFailed(string name, string topic, string reason) => Of(
        name, 500, StatusCode.Internal, "ERR_PUBSUB_PUBLISH_MESSAGE",
        $"error when publishing to topic {topic} in pubsub {name}: {reason}", "PUBLISH_MESSAGE", About(("topic", topic), ("error", reason)));

    public static DaprError BadCloudEvent(string name, string app, string reason) => Of(
        name, 500, StatusCode.InvalidArgument, "ERR_PUBSUB_CLOUD_EVENTS_SER", "cannot create cloudevent", "CLOUD_EVENT_CREATION",
        About(("appID", app), ("error", reason)));

    /// <summary>The body of a bulk is no list of entries.</summary>
    public static DaprError BadEvents(string name, string topic, string app, string reason) => Of(
        name, 400, StatusCode.InvalidArgument, "ERR_PUBSUB_EVENTS_SER",
        $"error when unmarshaling the request for topic {topic} pubsub {name}: {reason}", "UNMARSHAL_EVENTS", About(("appID", app)));

    /// <summary>An entry has no id, or that of another one.</summary>
    public static DaprError BadEntryId(string name, string topic, string app)
    {
        const string Reason = "entryId is duplicated or not present for entry";
        return Of(
            name, 400, StatusCode.InvalidArgument, "ERR_PUBSUB_EVENTS_SER",
            $"error marshaling events to bytes for topic {topic} pubsub {name}. error: {Reason}", "MARSHAL_EVENTS",
            About(("appID", app), ("error", Reason)));
    }

    /// <summary>An entry's event is not what its content type says.</summary>
    public static DaprError BadEvent(string name, string topic, string app, string reason) => Of(
        name, 400, StatusCode.InvalidArgument, "ERR_PUBSUB_EVENTS_SER",
        $"error when marshalling cloud event envelope for topic {topic} pubsub {name}: {reason}", "MARSHAL_ENVELOPE",
        About(("appID", app), ("error", reason)));

    private static DaprError Of(
        string name, int http, StatusCode grpc, string code, string message, string reason, IReadOnlyDictionary<string, string> metadata) =>
        new(http, grpc, code, message, "DAPR_PUBSUB_" + reason) { Resource = ("pubsub", name), Metadata = metadata };

    private static Dictionary<string, string> About(params ReadOnlySpan<(string Key, string Value)> facts)
    {
        var metadata = new Dictionary<string, string>();
        foreach (var (key, value) in facts)
            metadata[key] = value;
        return metadata;
    }
}
