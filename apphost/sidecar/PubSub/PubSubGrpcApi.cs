using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Platform.Sidecar.Api;

namespace Platform.Sidecar.PubSub;

/// <summary>The publish RPCs.</summary>
internal sealed class PubSubGrpcApi : DaprApi
{
    public async Task<Empty> PublishEvent(PublishEventRequest request, ServerCallContext context)
    {
        var published = new PublishedEvent(request.Data.Memory, OrText(request.DataContentType), request.Metadata);
        await PublishRequest.To(context.GetHttpContext(), request.PubsubName, request.Topic).Publish([published], context.CancellationToken);
        return new Empty();
    }

    public async Task<BulkPublishResponse> BulkPublishEvent(BulkPublishRequest request, ServerCallContext context)
    {
        var publish = PublishRequest.To(context.GetHttpContext(), request.PubsubName, request.Topic);
        BulkEntries.Check(request.PubsubName, request.Topic, [.. request.Entries.Select(entry => entry.EntryId)]);
        await publish.Publish([.. request.Entries.Select(entry => Event(entry, request.Metadata))], context.CancellationToken);
        return new BulkPublishResponse();
    }

    public Task<BulkPublishResponse> BulkPublishEventAlpha1(BulkPublishRequest request, ServerCallContext context) => BulkPublishEvent(request, context);

    private static PublishedEvent Event(BulkPublishRequestEntry entry, IReadOnlyDictionary<string, string> all) =>
        new(entry.Event.Memory, OrText(entry.ContentType), BulkEntries.Merge(all, entry.Metadata));

    private static string OrText(string contentType) => contentType.Length > 0 ? contentType : "text/plain";
}

/// <summary>What both forms of bulk publishing share.</summary>
internal static class BulkEntries
{
    public static void Check(string pubSub, string topic, IReadOnlyList<string> ids)
    {
        if (ids.Any(string.IsNullOrEmpty))
            throw PubSubErrors.BadEvents(pubSub, topic, "entryId is missing").AsException();
        if (ids.Distinct().Count() != ids.Count)
            throw PubSubErrors.BadEvents(pubSub, topic, "entryIds are not unique").AsException();
    }

    public static IReadOnlyDictionary<string, string> Merge(IReadOnlyDictionary<string, string> all, IReadOnlyDictionary<string, string> own)
    {
        if (all.Count == 0)
            return own;
        var merged = all.ToDictionary();
        foreach (var (name, value) in own)
            merged[name] = value;
        return merged;
    }
}
