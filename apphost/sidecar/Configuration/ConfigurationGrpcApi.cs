using System.Threading.Channels;
using Dapr.Client.Autogen.Grpc.v1;
using Grpc.Core;
using Platform.Sidecar.Api;
using Platform.Sidecar.Hosting;
using Item = Dapr.Client.Autogen.Grpc.v1.ConfigurationItem;

namespace Platform.Sidecar.Configuration;

/// <summary>The configuration RPCs.</summary>
internal sealed class ConfigurationGrpcApi(ConfigurationRequests requests, IHostApplicationLifetime lifetime) : DaprApi
{
    public async Task<GetConfigurationResponse> GetConfiguration(GetConfigurationRequest request, ServerCallContext context)
    {
        var items = await ConfigurationRequests.Get(context.App(), request.StoreName, request.Keys, request.Metadata, context.CancellationToken);
        var response = new GetConfigurationResponse();
        response.Items.Add(items.ToDictionary(item => item.Key, item => Convert(item.Value)));
        return response;
    }

    public Task<GetConfigurationResponse> GetConfigurationAlpha1(GetConfigurationRequest request, ServerCallContext context) =>
        GetConfiguration(request, context);

    public async Task SubscribeConfiguration(
        SubscribeConfigurationRequest request, IServerStreamWriter<SubscribeConfigurationResponse> responses, ServerCallContext context)
    {
        var app = context.App();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        var queue = Channel.CreateUnbounded<SubscribeConfigurationResponse>(new UnboundedChannelOptions { SingleReader = true });
        var id = await requests.Subscribe(
            app, request.StoreName, request.Keys, request.Metadata, (id, items, _) => Queue(queue.Writer, id, items), ended.Token,
            () => queue.Writer.TryComplete());
        try
        {
            await responses.WriteAsync(new SubscribeConfigurationResponse { Id = id }, ended.Token);
            await foreach (var response in queue.Reader.ReadAllAsync(ended.Token))
                await responses.WriteAsync(response, ended.Token);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The caller went away, or the sidecar stops.
        }
        finally
        {
            await requests.Unsubscribe(app, request.StoreName, id);
        }
    }

    public Task SubscribeConfigurationAlpha1(
        SubscribeConfigurationRequest request, IServerStreamWriter<SubscribeConfigurationResponse> responses, ServerCallContext context) =>
        SubscribeConfiguration(request, responses, context);

    public async Task<UnsubscribeConfigurationResponse> UnsubscribeConfiguration(UnsubscribeConfigurationRequest request, ServerCallContext context) =>
        await requests.Unsubscribe(context.App(), request.StoreName, request.Id)
            ? new UnsubscribeConfigurationResponse { Ok = true }
            : new UnsubscribeConfigurationResponse { Ok = false, Message = $"subscription with id {request.Id} does not exist" };

    public Task<UnsubscribeConfigurationResponse> UnsubscribeConfigurationAlpha1(UnsubscribeConfigurationRequest request, ServerCallContext context) =>
        UnsubscribeConfiguration(request, context);

    private static Task Queue(ChannelWriter<SubscribeConfigurationResponse> queue, string id, IReadOnlyDictionary<string, ConfigurationItem> items)
    {
        var response = new SubscribeConfigurationResponse { Id = id };
        response.Items.Add(items.ToDictionary(item => item.Key, item => Convert(item.Value)));
        queue.TryWrite(response);
        return Task.CompletedTask;
    }

    private static Item Convert(ConfigurationItem item)
    {
        var converted = new Item { Value = item.Value, Version = item.Version };
        converted.Metadata.Add(item.Metadata.ToDictionary());
        return converted;
    }
}
