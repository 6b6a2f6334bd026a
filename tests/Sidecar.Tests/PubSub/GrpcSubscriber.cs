using System.Collections.Concurrent;
using System.Net;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Answer = Dapr.AppCallback.Autogen.Grpc.v1.TopicEventResponse.Types.TopicEventResponseStatus;

namespace Platform.Sidecar.Tests.PubSub;

/// <summary>A subscriber that speaks gRPC: what it gets, and what it answers.</summary>
internal sealed class GrpcSubscriber
{
    public List<TopicSubscription> Subscriptions { get; } = [];
    public ConcurrentQueue<TopicEventRequest> Events { get; } = new();
    public ConcurrentQueue<TopicEventBulkRequest> Bulks { get; } = new();
    public ConcurrentQueue<Metadata> Headers { get; } = new();
    public Func<TopicEventRequest, Answer> OnEvent { get; set; } = _ => Answer.Success;
    public Func<TopicEventBulkRequestEntry, Answer> OnEntry { get; set; } = _ => Answer.Success;

    /// <param name="onlyAlpha">Whether bulks are known only by their older name.</param>
    public async Task<WebApplication> Start(int port, bool onlyAlpha = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(this).AddGrpc();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        var host = builder.Build();
        if (onlyAlpha)
            host.MapGrpcService<WithoutBulks>();
        else
            host.MapGrpcService<Callbacks>();
        host.MapGrpcService<Alpha>();
        await host.StartAsync();
        return host;
    }

    private TopicEventBulkResponse Take(TopicEventBulkRequest request)
    {
        Bulks.Enqueue(request);
        return new TopicEventBulkResponse
        {
            Statuses = { request.Entries.Select(entry => new TopicEventBulkResponseEntry { EntryId = entry.EntryId, Status = OnEntry(entry) }) },
        };
    }

    private class WithoutBulks(GrpcSubscriber subscriber) : AppCallback.AppCallbackBase
    {
        public override Task<ListTopicSubscriptionsResponse> ListTopicSubscriptions(Empty request, ServerCallContext context) =>
            Task.FromResult(new ListTopicSubscriptionsResponse { Subscriptions = { subscriber.Subscriptions } });

        public override Task<TopicEventResponse> OnTopicEvent(TopicEventRequest request, ServerCallContext context)
        {
            subscriber.Headers.Enqueue(context.RequestHeaders);
            subscriber.Events.Enqueue(request);
            return Task.FromResult(new TopicEventResponse { Status = subscriber.OnEvent(request) });
        }
    }

    private sealed class Callbacks(GrpcSubscriber subscriber) : WithoutBulks(subscriber)
    {
        private readonly GrpcSubscriber _subscriber = subscriber;

        public override Task<TopicEventBulkResponse> OnBulkTopicEvent(TopicEventBulkRequest request, ServerCallContext context) =>
            Task.FromResult(_subscriber.Take(request));
    }

    private sealed class Alpha(GrpcSubscriber subscriber) : AppCallbackAlpha.AppCallbackAlphaBase
    {
        [Obsolete("As the method that it overrides.")]
        public override Task<TopicEventBulkResponse> OnBulkTopicEventAlpha1(TopicEventBulkRequest request, ServerCallContext context) =>
            Task.FromResult(subscriber.Take(request));
    }
}
