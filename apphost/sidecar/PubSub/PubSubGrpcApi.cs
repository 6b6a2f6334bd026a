using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;

namespace Platform.Sidecar.PubSub;

/// <summary>The publish RPCs.</summary>
internal sealed class PubSubGrpcApi : DaprApi
{
    public async Task<Empty> PublishEvent(PublishEventRequest request, ServerCallContext context)
    {
        var metadata = PublishedEvent.Merge(request.Metadata);
        var publish = PublishRequest.To(context.GetHttpContext(), request.PubsubName, request.Topic, metadata);
        await publish.Publish(new PublishedEvent(request.Data.Memory, OrText(request.DataContentType), metadata), context.CancellationToken);
        return new Empty();
    }

    public async Task<BulkPublishResponse> BulkPublishEvent(BulkPublishRequest request, ServerCallContext context)
    {
        var publish = PublishRequest.To(context.GetHttpContext(), request.PubsubName, request.Topic, PublishedEvent.Merge(request.Metadata));
        BulkBody.Check(request.PubsubName, request.Topic, context.App().Id, request.Entries.Select(entry => entry.EntryId));
        PublishedEvent[] events = [.. request.Entries.Select(entry => Event(entry, request.Metadata))];
        var failures = await publish.PublishBulk(events, context.CancellationToken);
        if (failures.Count > 0 && failures.Count == events.Length)
            throw publish.Failed(failures[0].Error);
        return new BulkPublishResponse
        {
            FailedEntries = { failures.Select(failure => new BulkPublishResponseFailedEntry { EntryId = failure.EntryId, Error = failure.Error }) },
        };
    }

    public Task<BulkPublishResponse> BulkPublishEventAlpha1(BulkPublishRequest request, ServerCallContext context) => BulkPublishEvent(request, context);

    private static PublishedEvent Event(BulkPublishRequestEntry entry, IReadOnlyDictionary<string, string> all) =>
        new(entry.Event.Memory, OrText(entry.ContentType), PublishedEvent.Merge(all, entry.Metadata)) { EntryId = entry.EntryId };

    private static string OrText(string contentType) => contentType.Length > 0 ? contentType : "text/plain";
}
