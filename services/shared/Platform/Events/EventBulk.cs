using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Platform.Events;

/// <summary>
/// Many events in one request of the sidecar, each with an answer of its own (Dapr's bulk subscription): side by side, as if each had come
/// alone, but those of one record one after another.
/// </summary>
internal static partial class EventBulk
{
    /// <summary>The source of the spans, one an event: the request belongs to none of the traces in which the events were published.</summary>
    public const string Tracing = "Platform.Events";

    private static readonly ActivitySource Source = new(Tracing);

    /// <summary>Answers for each entry that has an id. For what has none the sidecar finds no answer, and delivers it again.</summary>
    public static async Task<IResult> ReceiveAsync(HttpContext context, EventSubscriptions subscriptions)
    {
        using var document = await EventDelivery.ParseAsync(context);
        if (document is null || Read(document.RootElement) is not { } entries)
        {
            LogNoBulk(EventDelivery.LoggerOf(context), context.Request.Path);
            return Answer([]);
        }

        // Reading a record is work for the processor too: not all of it on this thread.
        var answers = await Task.WhenAll(entries.GroupBy(entry => entry.Record).Select(record => Task.Run(() => ReceiveInOrderAsync(context, subscriptions, record))));
        return Answer(answers.SelectMany(answer => answer));
    }

    // Behind one that comes again, those of its record come again too: none overtakes it.
    private static async Task<IReadOnlyList<EntryStatus>> ReceiveInOrderAsync(HttpContext context, EventSubscriptions subscriptions, IEnumerable<Entry> record)
    {
        var statuses = new List<EntryStatus>();
        var waits = false;
        foreach (var entry in record)
        {
            var status = waits ? EventDelivery.Retry : await ReceiveAsync(context, subscriptions, entry.Event);
            waits = status == EventDelivery.Retry;
            statuses.Add(new EntryStatus(entry.Id, status));
        }

        return statuses;
    }

    private static async Task<string> ReceiveAsync(HttpContext context, EventSubscriptions subscriptions, ReceivedEvent? received)
    {
        using var span = Begin(received);
        var status = await EventDelivery.ReceiveAsync(context, subscriptions, received);
        if (status != EventDelivery.Success)
            span?.SetStatus(ActivityStatusCode.Error, status);
        return status;
    }

    // What a handler publishes goes on with the trace also where nobody listens to spans, as in a request that names its parent.
    private static Activity? Begin(ReceivedEvent? received) =>
        received is null || !ActivityContext.TryParse(received.TraceParent, null, isRemote: true, out var parent)
            ? null
            : Source.StartActivity($"event {received.Type}", ActivityKind.Consumer, parent)
                ?? new Activity($"event {received.Type}").SetParentId(parent.TraceId, parent.SpanId, parent.TraceFlags).Start();

    private static List<Entry>? Read(JsonElement bulk)
    {
        if (bulk.ValueKind != JsonValueKind.Object || !bulk.TryGetProperty("entries", out var entries) || entries.ValueKind != JsonValueKind.Array)
            return null;
        return [.. entries.EnumerateArray().Select(Entry.Read).OfType<Entry>()];
    }

    private static IResult Answer(IEnumerable<EntryStatus> statuses) => Results.Json(new { statuses });

    [LoggerMessage(Level = LogLevel.Warning, Message = "What came on {Path} is no bulk of events; none of it is taken")]
    private static partial void LogNoBulk(ILogger logger, string path);

    private sealed record EntryStatus(string EntryId, string Status);

    private sealed record Entry(string Id, ReceivedEvent? Event)
    {
        /// <summary>What has to wait for each other: events of one record of one tenant. What names no record waits for nothing.</summary>
        public (Guid Tenant, string Record) Record => Event is { Subject.Length: > 0 } told ? (told.TenantId, $"record {told.Subject}") : (Guid.Empty, $"entry {Id}");

        public static Entry? Read(JsonElement entry) =>
            entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("entryId", out var id) && id.ValueKind == JsonValueKind.String && id.GetString() is { Length: > 0 } name
                ? new Entry(name, entry.TryGetProperty("event", out var told) ? ReceivedEvent.Read(told) : null)
                : null;
    }
}
