using System.Text.Json;

namespace Platform.Events;

/// <summary>A CloudEvent as the sidecar delivers it.</summary>
internal sealed record ReceivedEvent(string Id, string Type, Guid TenantId, DateTimeOffset Time, string CausedBy, string Data)
{
    /// <summary>The record that it tells of, whose events have an order; empty where it names none.</summary>
    public string Subject { get; private init; } = "";

    /// <summary>The W3C span in which it was published; null where it names none.</summary>
    public string? TraceParent { get; private init; }

    /// <summary>Null for what is no event of ours: no object, or one without id, type, tenant and data.</summary>
    public static ReceivedEvent? Read(JsonElement envelope) =>
        envelope.ValueKind == JsonValueKind.Object
        && TextOf(envelope, "id") is { } id
        && TextOf(envelope, "type") is { } type
        && IdOf(envelope, EventNames.TenantExtension) is { } tenantId
        && envelope.TryGetProperty("data", out var data)
            ? new ReceivedEvent(id, type, tenantId, TimeOf(envelope), CauseOf(envelope), data.GetRawText())
            {
                Subject = TextOf(envelope, "subject") ?? "",
                TraceParent = TextOf(envelope, "traceparent"),
            }
            : null;

    private static string? TextOf(JsonElement envelope, string name) =>
        envelope.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static DateTimeOffset TimeOf(JsonElement envelope) =>
        TextOf(envelope, "time") is not null && envelope.GetProperty("time").TryGetDateTimeOffset(out var value) ? value : TimeProvider.System.GetUtcNow();

    private static string CauseOf(JsonElement envelope) => IdOf(envelope, EventNames.CauseExtension)?.ToString() ?? "";

    private static Guid? IdOf(JsonElement envelope, string name) => Guid.TryParseExact(TextOf(envelope, name), "D", out var id) ? id : null;
}
