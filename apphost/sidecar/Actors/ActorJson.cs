using System.Text.Json;
using System.Text.Unicode;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Platform.Sidecar.Api;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Actors;

/// <summary>Reminders and timers as the HTTP API and the apps' routes write them. Their data is JSON and stays as it came.</summary>
internal static class ActorJson
{
    /// <exception cref="Errors.DaprException">The body is no JSON object, or not of that shape.</exception>
    public static T Read<T>(byte[] body, Func<JsonElement, T> read)
    {
        if (!Utf8.IsValid(body))
            throw ActorErrors.Malformed("the body is no UTF-8").AsException();
        try
        {
            using var document = JsonDocument.Parse(body);
            return read(document.RootElement);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            throw ActorErrors.Malformed(error.Message).AsException(error);
        }
    }

    public static ReminderRequest Reminder(JsonElement body) => new(
        Text(body, "dueTime"), Text(body, "period"), Text(body, "ttl"), Data(body),
        Given(body, "overwrite") is not { } overwrite ? true
        : overwrite.ValueKind is JsonValueKind.True or JsonValueKind.False ? overwrite.GetBoolean()
        : throw ActorErrors.Malformed("overwrite is not a boolean").AsException(),
        FailurePolicy(body));

    public static ActorTimerRequest Timer(JsonElement body) =>
        new(Text(body, "dueTime"), Text(body, "period"), Text(body, "ttl"), Text(body, "callback"), Data(body));

    /// <summary>What is sent to the app when a reminder is due: like daprd, without the times that it was asked for with.</summary>
    public static byte[] Reminder(Any? data) => JsonBody.Bytes(json =>
    {
        json.WriteStartObject();
        WriteData(json, Raw(data));
        json.WriteString("dueTime", "");
        json.WriteString("period", "");
        json.WriteEndObject();
    });

    /// <summary>What is sent to the app when a timer is due.</summary>
    public static byte[] Timer(ActorTimerRequest timer) => JsonBody.Bytes(json =>
    {
        json.WriteStartObject();
        WriteData(json, timer.Data);
        json.WriteString("callback", timer.Callback);
        json.WriteString("dueTime", timer.DueTime);
        json.WriteString("period", timer.Period);
        json.WriteEndObject();
    });

    /// <summary>The answer to who asks for a reminder.</summary>
    public static byte[] Answer(ActorAddress actor, Job reminder) => JsonBody.Bytes(json =>
    {
        json.WriteStartObject();
        json.WriteString("actorID", actor.Id);
        json.WriteString("actorType", actor.Type);
        WriteData(json, Raw(reminder.Data));
        if (reminder.HasDueTime)
            json.WriteString("dueTime", reminder.DueTime);
        if (reminder.HasSchedule)
            json.WriteString("period", reminder.Schedule);
        if (ActorReminders.Expiry(reminder) is { } expires)
            json.WriteString("ttl", expires);
        json.WriteEndObject();
    });

    // A bare null would become an empty memory by way of a null array.
    private static ReadOnlyMemory<byte>? Raw(Any? data) => data is null ? default(ReadOnlyMemory<byte>?) : data.Unpack<BytesValue>().Value.Memory;

    private static void WriteData(Utf8JsonWriter json, ReadOnlyMemory<byte>? data)
    {
        if (data is not { } raw)
            return;
        json.WritePropertyName("data");
        json.WriteRawValue(raw.Span);
    }

    private static ReadOnlyMemory<byte>? Data(JsonElement body) =>
        Given(body, "data") is { } data ? JsonBody.Bytes(data) : default(ReadOnlyMemory<byte>?);

    private static JobFailurePolicy? FailurePolicy(JsonElement body)
    {
        try
        {
            return (Given(body, "failurePolicy") ?? Given(body, "failure_policy")) is { } policy ? FailurePolicyJson.Read(policy) : null;
        }
        catch (IOException error)
        {
            throw ActorErrors.Malformed(error.Message).AsException(error);
        }
    }

    private static string Text(JsonElement body, string name) =>
        Given(body, name) is not { } value ? ""
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : throw ActorErrors.Malformed($"{name} is not a text").AsException();

    private static JsonElement? Given(JsonElement body, string name)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw ActorErrors.Malformed("the body is no object").AsException();
        foreach (var property in body.EnumerateObject())
        {
            if (property.Name.Equals(name, StringComparison.OrdinalIgnoreCase) && property.Value.ValueKind != JsonValueKind.Null)
                return property.Value;
        }

        return null;
    }
}
