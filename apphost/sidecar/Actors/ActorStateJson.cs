using System.Text.Json;
using Platform.Sidecar.Api;
using Platform.Sidecar.Errors;

namespace Platform.Sidecar.Actors;

/// <summary>Reads the transactions of the HTTP API, whatever content type they come with: the SDKs say <c>text/plain</c>.</summary>
internal static class ActorStateJson
{
    /// <exception cref="DaprException">The body is no list of operations.</exception>
    public static IReadOnlyList<ActorStateOperation> Operations(byte[] body) => ActorJson.Read<IReadOnlyList<ActorStateOperation>>(
        body, list => list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Select(Operation)]
            : throw Malformed("the body is not a list of operations"));

    private static ActorStateOperation Operation(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
            throw Malformed("an operation is not an object");
        var operation = item.TryGetProperty("operation", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        if (!item.TryGetProperty("request", out var request) || request.ValueKind != JsonValueKind.Object)
            throw ActorErrors.StateSave("request data is empty").AsException();
        var key = request.TryGetProperty("key", out var given) && given.ValueKind == JsonValueKind.String ? given.GetString()! : "";
        return operation switch
        {
            "upsert" => new ActorStateOperation(key, Value(request), Metadata(request)),
            "delete" => new ActorStateOperation(key, null, Metadata(request)),
            null or "" => throw ActorErrors.StateSave("operation is empty").AsException(),
            _ => throw ActorErrors.StateSave($"operation type {operation} not supported").AsException(),
        };
    }

    private static byte[] Value(JsonElement request) => request.TryGetProperty("value", out var value) ? JsonBody.Bytes(value) : "null"u8.ToArray();

    private static Dictionary<string, string> Metadata(JsonElement request) =>
        !request.TryGetProperty("metadata", out var metadata) || metadata.ValueKind != JsonValueKind.Object ? []
        : metadata.EnumerateObject().DistinctBy(pair => pair.Name).ToDictionary(
            pair => pair.Name, pair => pair.Value.ValueKind == JsonValueKind.String ? pair.Value.GetString()! : pair.Value.GetRawText());

    private static DaprException Malformed(string reason) => ActorErrors.Malformed(reason).AsException();
}
