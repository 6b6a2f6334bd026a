using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests;

/// <summary>An app that knows no HTTP, only Dapr's callback service.</summary>
public sealed class GrpcAppTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_app_that_speaks_grpc_gets_its_events_and_its_calls()
    {
        await using var stack = await TestStack.Create();
        var app = stack.App("app", "grpc");
        var callbacks = new Callbacks();
        await using var host = await Start(app.Port, callbacks);
        await stack.Start();
        await PubSubTests.Subscribed(stack, "app");

        await PubSubTests.Publish(stack.Dapr("app"), "deals", new { amount = 3 });
        await Eventually.Holds(() => callbacks.Events.Count == 2, "the event came, and came again after RETRY");
        var received = callbacks.Events.Last();
        Assert.Equal(("deals", "pubsub", "/on-deals", "com.dapr.event.sent"), (received.Topic, received.PubsubName, received.Path, received.Type));
        Assert.Equal("""{"amount":3}""", received.Data.ToStringUtf8());

        using var http = stack.Http("app");
        using var answer = await http.PostAsync("/v1.0/invoke/app/method/greet?loud=1", new StringContent("you", Encoding.UTF8, "text/plain"), Cancel);
        Assert.Equal("greet POST loud=1 you", await answer.Content.ReadAsStringAsync(Cancel));
        using var missing = await http.GetAsync("/v1.0/invoke/app/method/missing", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    private static async Task<WebApplication> Start(int port, Callbacks callbacks)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(callbacks).AddGrpc();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        var host = builder.Build();
        host.MapGrpcService<Callbacks>();
        await host.StartAsync();
        return host;
    }

    private sealed class Callbacks : AppCallback.AppCallbackBase
    {
        public ConcurrentQueue<TopicEventRequest> Events { get; } = new();

        public override Task<ListTopicSubscriptionsResponse> ListTopicSubscriptions(Empty request, ServerCallContext context) => Task.FromResult(
            new ListTopicSubscriptionsResponse
            {
                Subscriptions = { new TopicSubscription { PubsubName = "pubsub", Topic = "deals", Routes = new TopicRoutes { Default = "/on-deals" } } },
            });

        public override Task<TopicEventResponse> OnTopicEvent(TopicEventRequest request, ServerCallContext context)
        {
            Events.Enqueue(request);
            return Task.FromResult(new TopicEventResponse
            {
                Status = Events.Count == 1 ? TopicEventResponse.Types.TopicEventResponseStatus.Retry : TopicEventResponse.Types.TopicEventResponseStatus.Success,
            });
        }

        public override Task<InvokeResponse> OnInvoke(InvokeRequest request, ServerCallContext context) => request.Method == "missing"
            ? throw new RpcException(new Status(StatusCode.NotFound, "no such method"))
            : Task.FromResult(new InvokeResponse
            {
                ContentType = "text/plain",
                Data = new Any
                {
                    Value = ByteString.CopyFromUtf8($"{request.Method} {request.HttpExtension.Verb} {request.HttpExtension.Querystring} {request.Data.Value.ToStringUtf8()}".Replace("Post", "POST", StringComparison.Ordinal)),
                },
            });
    }
}
