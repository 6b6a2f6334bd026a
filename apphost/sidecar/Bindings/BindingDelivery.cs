using System.Text.Json;
using Dapr.AppCallback.Autogen.Grpc.v1;
using Dapr.Client.Autogen.Grpc.v1;
using Google.Protobuf;
using Platform.Sidecar.Api;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resources;
using Platform.Sidecar.State;

namespace Platform.Sidecar.Bindings;

/// <summary>Hands one event to the app, and does what its answer asks for: state to save, output bindings to call.</summary>
internal static class BindingDelivery
{
    public static string Route(ComponentSpec spec) => "/" + (spec["route"] ?? spec.Name).TrimStart('/');

    public static async Task Deliver(SidecarApp app, ComponentSpec spec, BindingEvent received, CancellationToken cancellationToken)
    {
        using var span = app.Tracing?.StartDelivery("bindings/" + spec.Name, traceParent: null);
        if (span?.Id is { } trace)
            received = received with { Metadata = new Dictionary<string, string>(received.Metadata) { ["traceparent"] = trace } };
        var wish = app.Channel!.Protocol == AppProtocol.Grpc
            ? await DeliverGrpc(app.Channel, spec, received, cancellationToken)
            : await DeliverHttp(app.Channel, spec, received, cancellationToken);
        await Fulfil(app, wish, cancellationToken);
    }

    private static async Task<Wish> DeliverHttp(AppChannel channel, ComponentSpec spec, BindingEvent received, CancellationToken cancellationToken)
    {
        using var answer = await AppRequest.Post(channel, Route(spec), received.Data, received.Metadata, cancellationToken);
        return answer.IsSuccess ? Wish.Parse(answer.Body) : throw new HttpRequestException($"the app answered {answer.Status}");
    }

    private static async Task<Wish> DeliverGrpc(AppChannel channel, ComponentSpec spec, BindingEvent received, CancellationToken cancellationToken)
    {
        using var slot = await channel.Enter(cancellationToken);
        var request = new BindingEventRequest { Name = spec.Name, Data = ByteString.CopyFrom(received.Data.Span) };
        request.Metadata.Add(received.Metadata.ToDictionary());
        var answer = await channel.BindingEvent(request, AppRequest.Metadata(received.Metadata), cancellationToken);
        return new Wish(
            answer.Data.Memory, [.. answer.To], answer.StoreName,
            [.. answer.States.Select(StateGrpcApi.Upsert)],
            answer.Concurrency == BindingEventResponse.Types.BindingEventConcurrency.Parallel);
    }

    private static async Task Fulfil(SidecarApp app, Wish wish, CancellationToken cancellationToken)
    {
        if (wish.State.Count > 0)
            await StateRequests.Change(app, wish.Store, wish.State, StateCall.Save, cancellationToken);
        if (wish.IsParallel)
        {
            await Task.WhenAll(wish.To.Select(name => Send(app, name, wish.Data, cancellationToken)));
            return;
        }

        foreach (var name in wish.To)
            await Send(app, name, wish.Data, cancellationToken);
    }

    private static Task<BindingResponse> Send(SidecarApp app, string name, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) =>
        OutputBindings.Invoke(app, name, "create", data, new Dictionary<string, string>(), cancellationToken);

    /// <summary>What an app's answer may ask for.</summary>
    private sealed record Wish(ReadOnlyMemory<byte> Data, IReadOnlyList<string> To, string Store, IReadOnlyList<StateItemRequest> State, bool IsParallel)
    {
        private static readonly Wish None = new(default, [], "", [], false);

        public static Wish Parse(ReadOnlyMemory<byte> answer)
        {
            // An answer in another form asks for nothing.
            if (answer.Span.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
                return None;
            try
            {
                using var document = JsonDocument.Parse(answer);
                var root = document.RootElement;
                return new Wish(
                    root.TryGet("data", out var data) ? JsonBody.Bytes(data) : default,
                    Array(root, "to", item => item.GetString() ?? ""),
                    root.TryGet("storeName", out var store) ? store.ToString() : "",
                    Array(root, "state", item => StateHttpItems.Upsert(item, new Dictionary<string, string>())),
                    root.TryGet("concurrency", out var concurrency) && concurrency.ToString() == "parallel");
            }
            catch (Exception error) when (error is JsonException or InvalidOperationException)
            {
                return None;
            }
        }

        private static IReadOnlyList<T> Array<T>(JsonElement root, string name, Func<JsonElement, T> read) =>
            root.TryGet(name, out var items) && items.ValueKind == JsonValueKind.Array ? [.. items.EnumerateArray().Select(read)] : [];
    }
}
