using Grpc.Core;
using Platform.Sidecar.Errors;

namespace Platform.Sidecar.PubSub;

/// <summary>The failures of the publish API, in daprd's codes and words.</summary>
internal static class PubSubErrors
{
    public static DaprError NotConfigured(string name) => new(
        400, StatusCode.FailedPrecondition, "ERR_PUBSUB_NOT_CONFIGURED", $"pubsub {name} is not configured", "DAPR_PUBSUB_NOT_CONFIGURED")
    {
        Resource = ("pubsub", name),
    };

    public static DaprError NotFound(string name) => new(
        404, StatusCode.InvalidArgument, "ERR_PUBSUB_NOT_FOUND", $"pubsub {name} is not found", "DAPR_PUBSUB_NOT_FOUND")
    {
        Resource = ("pubsub", name),
    };

    public static readonly DaprError NameEmpty = new(
        404, StatusCode.InvalidArgument, "ERR_PUBSUB_EMPTY", "pubsub name is empty", "DAPR_PUBSUB_NAME_EMPTY");

    public static DaprError TopicEmpty(string name) => new(
        404, StatusCode.InvalidArgument, "ERR_TOPIC_NAME_EMPTY", $"topic is empty in pubsub {name}", "DAPR_PUBSUB_TOPIC_NAME_EMPTY")
    {
        Resource = ("pubsub", name),
    };

    public static DaprError Forbidden(string name, string topic, string app) => new(
        403, StatusCode.PermissionDenied, "ERR_PUBSUB_FORBIDDEN", $"topic {topic} is not allowed for app id {app}", "DAPR_PUBSUB_FORBIDDEN")
    {
        Resource = ("pubsub", name),
    };

    public static DaprError PublishFailed(string name, string topic, string reason) => new(
        500, StatusCode.Internal, "ERR_PUBSUB_PUBLISH_MESSAGE", $"error when publishing to topic {topic} in pubsub {name}: {reason}", "DAPR_PUBSUB_PUBLISH_MESSAGE")
    {
        Resource = ("pubsub", name),
    };

    public static DaprError BadCloudEvent(string name, string reason) => new(
        500, StatusCode.InvalidArgument, "ERR_PUBSUB_CLOUD_EVENTS_SER", $"cannot create cloudevent: {reason}", "DAPR_PUBSUB_CLOUD_EVENT_CREATION")
    {
        Resource = ("pubsub", name),
    };

    public static DaprError BadMetadata(string reason) => new(
        400, StatusCode.InvalidArgument, "ERR_PUBSUB_REQUEST_METADATA", $"failed deserializing metadata. Error: {reason}", "DAPR_PUBSUB_METADATA_DESERIALIZATION");

    public static DaprError BadEvents(string name, string topic, string reason) => new(
        400, StatusCode.InvalidArgument, "ERR_PUBSUB_EVENTS_SER",
        $"error when unmarshaling the request for topic {topic} pubsub {name}: {reason}", "DAPR_PUBSUB_UNMARSHAL_EVENTS")
    {
        Resource = ("pubsub", name),
    };
}
