using System.Collections.Concurrent;
using System.Net;
using Dapr;
using Grpc.Core;
using Grpc.Reflection.V1Alpha;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Platform.Sidecar.Tests.Harness;

namespace Platform.Sidecar.Tests;

/// <summary>What the official packages do by themselves, on both sides of the sidecar.</summary>
public sealed class SdkTests
{
    private sealed record Won(string DealId);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_app_with_the_aspnetcore_package_receives_through_its_own_subscribe_handler()
    {
        await using var stack = await TestStack.Create();
        var app = stack.App("app");
        var received = new ConcurrentQueue<Won>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, app.Port, endpoint => endpoint.Protocols = HttpProtocols.Http2));
        await using var host = builder.Build();
        host.UseCloudEvents();
        host.MapSubscribeHandler();
        host.MapPost("/won", (Won won) => received.Enqueue(won)).WithTopic("pubsub", "deals");
        await host.StartAsync(Cancel);
        await stack.Start();
        await PubSubTests.Subscribed(stack, "app");

        await stack.Dapr("app").PublishEventAsync("pubsub", "deals", new Won("7"), Cancel);
        await Eventually.Holds(() => received.Contains(new Won("7")), "the handler has the event");
    }

    [Fact]
    public async Task The_client_waits_for_the_sidecar_and_reads_its_metadata()
    {
        await using var stack = await TestStack.Create();
        await stack.App("app").Subscribe("deals").Start();
        await stack.Start();
        using var dapr = stack.Dapr("app");

        await dapr.WaitForSidecarAsync(Cancel);
        await Eventually.Holds(async () => await dapr.CheckHealthAsync(Cancel), "sidecar and app are healthy");
        await dapr.SetMetadataAsync("colour", "blue", Cancel);
        var metadata = await dapr.GetMetadataAsync(Cancel);
        Assert.Equal("app", metadata.Id);
        Assert.Equal("blue", metadata.Extended["colour"]);
        Assert.Equal(["pubsub", "statestore"], metadata.Components.Select(component => component.Name).Order());
        Assert.Contains("TRANSACTIONAL", metadata.Components.Single(component => component.Name == "statestore").Capabilities);
    }

    [Fact]
    public async Task Reflection_tells_the_client_that_there_is_bulk_publishing()
    {
        await using var stack = await TestStack.Create();
        stack.App("app");
        await stack.Start();
        using var channel = stack.Grpc("app");

        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Cancel);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { FileContainingSymbol = "dapr.proto.runtime.v1.Dapr" }, Cancel);
        Assert.True(await call.ResponseStream.MoveNext(Cancel));
        Assert.Contains(call.ResponseStream.Current.FileDescriptorResponse.FileDescriptorProto, file => file.ToStringUtf8().Contains("BulkPublishEvent", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_app_of_the_run_file_may_have_a_token_of_its_own()
    {
        await using var stack = await TestStack.Create();
        stack.AppSettings = "env: { DAPR_API_TOKEN: of-this-app }";
        stack.App("app");
        await stack.Start();

        var refused = await Assert.ThrowsAsync<DaprException>(() => stack.Dapr("app", "another").GetStateAsync<string>("statestore", "k", cancellationToken: Cancel));
        Assert.Equal(StatusCode.Unauthenticated, Assert.IsType<RpcException>(refused.InnerException).StatusCode);
        Assert.Null(await stack.Dapr("app", "of-this-app").GetStateAsync<string>("statestore", "k", cancellationToken: Cancel));
    }
}
