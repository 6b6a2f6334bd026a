using System.Text.Json;
using System.Text.Json.Nodes;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Microsoft.Extensions.Hosting;
using Platform.Invocation;

namespace Platform.Events;

/// <summary>Hands outbox rows to the sidecar as CloudEvents, a topic at a time.</summary>
internal sealed class EventPublisher(SidecarChannel sidecar, IHostEnvironment environment)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    /// <summary>Publishes; the answer names the rows that the broker refused, with its reason.</summary>
    public async Task<IReadOnlyDictionary<long, string>> PublishAsync(List<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var failures = new Dictionary<long, string>();
        foreach (var topic in rows.GroupBy(row => row.Topic))
        {
            var request = new BulkPublishRequest { PubsubName = DaprNames.PubSub, Topic = topic.Key };
            request.Entries.AddRange(topic.Select(ToEntry));
            var response = await sidecar.Dapr.BulkPublishEventAsync(request, deadline: DateTime.UtcNow + Deadline, cancellationToken: cancellationToken);
            foreach (var failed in response.FailedEntries)
                failures[long.Parse(failed.EntryId, System.Globalization.CultureInfo.InvariantCulture)] = failed.Error;
        }

        return failures;
    }

    private BulkPublishRequestEntry ToEntry(OutboxRow row) => new()
    {
        EntryId = row.Id.ToString(System.Globalization.CultureInfo.InvariantCulture),
        ContentType = "application/cloudevents+json",
        Event = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(Envelope(row))),
        Metadata = { ["partitionKey"] = row.AggregateId.ToString() },
    };

    private JsonObject Envelope(OutboxRow row)
    {
        var envelope = new JsonObject
        {
            ["specversion"] = "1.0",
            ["id"] = row.EventId,
            ["source"] = environment.ApplicationName,
            ["type"] = row.Type,
            ["subject"] = row.AggregateId,
            ["time"] = row.CreateTime,
            ["datacontenttype"] = "application/json",
            [EventNames.TenantExtension] = row.TenantId,
            ["data"] = JsonNode.Parse(row.Data),
        };
        if (row.CausedBy.Length > 0)
            envelope[EventNames.CauseExtension] = row.CausedBy;
        if (row.TraceParent is not null)
            envelope["traceparent"] = row.TraceParent;
        return envelope;
    }
}
