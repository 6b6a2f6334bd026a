using System.Text.Json;
using System.Text.Unicode;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Platform.Sidecar.Api;
using Platform.Sidecar.Scheduling;

namespace Platform.Sidecar.Jobs;

/// <summary>Jobs as the HTTP API writes them. Data is any JSON; it is kept, and delivered, as a <c>google.protobuf.Value</c>.</summary>
internal static class JobJson
{
    /// <exception cref="Errors.DaprException">The body is no such job.</exception>
    public static (Job Job, bool Overwrite) Read(byte[] body)
    {
        if (body.Length == 0)
            return (new Job(), false);
        if (!Utf8.IsValid(body))
            throw JobErrors.Malformed("the body is no UTF-8").AsException();
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? Read(document.RootElement)
                : throw JobErrors.Malformed("the body is no object").AsException();
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or FormatException or IOException)
        {
            throw JobErrors.Malformed(error.Message).AsException(error);
        }
    }

    public static void Write(Utf8JsonWriter json, Job job)
    {
        json.WriteStartObject();
        json.WriteString("name", job.Name);
        if (job.HasSchedule)
            json.WriteString("schedule", job.Schedule);
        if (job.HasRepeats)
            json.WriteNumber("repeats", job.Repeats);
        if (job.HasDueTime)
            json.WriteString("dueTime", job.DueTime);
        if (job.HasTtl)
            json.WriteString("ttl", job.Ttl);
        if (job.Data is { } data)
            WriteData(json, data);
        if (job.FailurePolicy is { } policy)
            FailurePolicyJson.Write(json, policy);
        json.WriteEndObject();
    }

    private static (Job Job, bool Overwrite) Read(JsonElement body)
    {
        var job = new Job { Name = Text(body, "name") ?? "" };
        if (Text(body, "schedule") is { } schedule)
            job.Schedule = schedule;
        if (Text(body, "dueTime", "due_time") is { } dueTime)
            job.DueTime = dueTime;
        if (Text(body, "ttl") is { } ttl)
            job.Ttl = ttl;
        if (Given(body, "repeats") is { } repeats)
            job.Repeats = repeats.GetUInt32();
        if (Given(body, "data") is { } data)
            job.Data = Any.Pack(JsonParser.Default.Parse<Value>(data.GetRawText()));
        if ((Given(body, "failurePolicy") ?? Given(body, "failure_policy")) is { } policy)
            job.FailurePolicy = FailurePolicyJson.Read(policy);
        return (job, Given(body, "overwrite")?.GetBoolean() ?? false);
    }

    private static void WriteData(Utf8JsonWriter json, Any data)
    {
        json.WriteStartObject("data");
        json.WriteString("@type", data.TypeUrl);
        json.WritePropertyName("value");
        if (data.Is(Value.Descriptor))
            json.WriteRawValue(JsonFormatter.Default.Format(data.Unpack<Value>()));
        else
            json.WriteBase64StringValue(data.Value.Span);
        json.WriteEndObject();
    }

    private static string? Text(JsonElement body, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (Given(body, name) is { } value)
                return value.GetString();
        }

        return null;
    }

    private static JsonElement? Given(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
