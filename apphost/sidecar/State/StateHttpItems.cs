using System.Text.Json;
using Platform.Sidecar.Api;
using Platform.Sidecar.Errors;

namespace Platform.Sidecar.State;

/// <summary>Reads the items of the HTTP state API; a wrong shape is the caller's error, never an exception of the parser.</summary>
internal static class StateHttpItems
{
    public static StateItemRequest Upsert(JsonElement item, IReadOnlyDictionary<string, string> metadata)
    {
        var value = Object(item, "an item").TryGet("value", out var given) ? JsonBody.Bytes(given) : "null"u8.ToArray();
        return Delete(item, metadata) with { Value = value, IsJson = true };
    }

    public static StateItemRequest Delete(JsonElement item, IReadOnlyDictionary<string, string> metadata) => new(
        Text(Object(item, "an item"), "key") ?? throw StateErrors.Malformed("an item has no key").AsException(),
        null,
        Text(item, "etag"),
        item.TryGet("options", out var options) && options.ValueKind == JsonValueKind.Object ? Concurrency(Text(options, "concurrency")) : default,
        Merge(metadata, item));

    public static StateConcurrency Concurrency(string? name) => name switch
    {
        "first-write" => StateConcurrency.FirstWrite,
        "last-write" => StateConcurrency.LastWrite,
        _ => StateConcurrency.Unspecified,
    };

    public static IReadOnlyList<string> Keys(JsonElement body) =>
        Object(body, "the body").TryGet("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? [.. keys.EnumerateArray().Select(key => key.ValueKind == JsonValueKind.String ? key.GetString()! : throw Malformed("a key is not a text"))]
            : throw Malformed("keys is missing");

    public static IEnumerable<StateItemRequest> Operations(JsonElement body)
    {
        if (!Object(body, "the body").TryGet("operations", out var operations) || operations.ValueKind != JsonValueKind.Array)
            throw Malformed("operations is missing");
        var metadata = Merge(new Dictionary<string, string>(), body);
        foreach (var operation in operations.EnumerateArray())
            yield return Operation(Object(operation, "an operation"), metadata);
    }

    private static StateItemRequest Operation(JsonElement operation, IReadOnlyDictionary<string, string> metadata)
    {
        var request = operation.TryGet("request", out var given) ? given : throw Malformed("an operation has no request");
        return Text(operation, "operation") switch
        {
            "upsert" => Upsert(request, metadata),
            "delete" => Delete(request, metadata),
            var other => throw StateErrors.UnknownOperation(other ?? "").AsException(),
        };
    }

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> all, JsonElement holder)
    {
        var merged = all.ToDictionary(StringComparer.OrdinalIgnoreCase);
        if (!holder.TryGet("metadata", out var own) || own.ValueKind != JsonValueKind.Object)
            return merged;
        foreach (var pair in own.EnumerateObject())
            merged[pair.Name] = pair.Value.ValueKind == JsonValueKind.String ? pair.Value.GetString()! : pair.Value.GetRawText();
        return merged;
    }

    private static JsonElement Object(JsonElement element, string what) =>
        element.ValueKind == JsonValueKind.Object ? element : throw Malformed($"{what} is not an object");

    private static string? Text(JsonElement holder, string name) =>
        !holder.TryGet(name, out var value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Malformed($"{name} is not a text");

    private static DaprException Malformed(string reason) => StateErrors.Malformed(reason).AsException();
}
