using System.Text.Json;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Apps;
using Answer = Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace Platform.Sidecar.PubSub.Subscriptions;

/// <summary>Hands a message to an app that speaks gRPC: <c>AppCallback.OnTopicEvent</c>.</summary>
internal static class GrpcDelivery
{
    private static readonly HashSet<string> Known = ["id", "source", "type", "specversion", "datacontenttype", "data", "data_base64", "topic", "pubsubname"];

    public static async Task<DeliveryResult> Send(AppChannel channel, TopicMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await channel.TopicEvent(Request(message), Metadata(message), cancellationToken);
            return answer.Status switch
            {
                Answer.Success => DeliveryResult.Success,
                Answer.Drop => new DeliveryResult(DeliveryOutcome.Drop, "the app answered DROP"),
                var status => new DeliveryResult(DeliveryOutcome.Retry, $"the app answered {status}"),
            };
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Cancelled && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException error)
        {
            var outcome = error.StatusCode switch
            {
                StatusCode.Unimplemented => DeliveryOutcome.Drop,
                StatusCode.Unavailable when error.Status.DebugException is HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => DeliveryOutcome.Unreachable,
                _ => DeliveryOutcome.Retry,
            };
            return new DeliveryResult(outcome, error.Status.Detail);
        }
    }

    private static TopicEventRequest Request(TopicMessage message)
    {
        using var document = JsonDocument.Parse(message.CloudEvent);
        var cloudEvent = document.RootElement;
        var request = new TopicEventRequest
        {
            Id = Text(cloudEvent, "id"),
            Source = Text(cloudEvent, "source"),
            Type = Text(cloudEvent, "type"),
            SpecVersion = Text(cloudEvent, "specversion"),
            DataContentType = Text(cloudEvent, "datacontenttype"),
            Data = Data(cloudEvent),
            Topic = message.Topic,
            PubsubName = message.PubSub,
            Path = message.Path,
            Extensions = new Struct(),
        };
        foreach (var attribute in cloudEvent.EnumerateObject().Where(attribute => !Known.Contains(attribute.Name)))
            request.Extensions.Fields[attribute.Name] = JsonParser.Default.Parse<Value>(attribute.Value.GetRawText());
        return request;
    }

    private static ByteString Data(JsonElement cloudEvent)
    {
        if (cloudEvent.TryGetProperty("data_base64", out var encoded) && encoded.ValueKind == JsonValueKind.String && encoded.TryGetBytesFromBase64(out var bytes))
            return ByteString.CopyFrom(bytes);
        if (!cloudEvent.TryGetProperty("data", out var data))
            return ByteString.Empty;
        return data.ValueKind == JsonValueKind.String && !CloudEvents.IsJson(Text(cloudEvent, "datacontenttype"))
            ? ByteString.CopyFromUtf8(data.GetString())
            : ByteString.CopyFrom(JsonBody.Bytes(data));
    }

    private static string Text(JsonElement holder, string name) =>
        holder.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static Metadata Metadata(TopicMessage message)
    {
        var metadata = new Metadata();
        foreach (var (name, value) in message.Metadata.Where(pair => pair.Key.All(IsNameCharacter) && pair.Value.All(char.IsAscii)))
            metadata.Add(name, value);
        return metadata;
    }

    private static bool IsNameCharacter(char character) => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.';
}
