using System.Diagnostics;
using System.Net;
using Grpc.Core;
using Platform.Sidecar.Apps;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Resiliency;
using Platform.Sidecar.Resources;

namespace Platform.Sidecar.Bindings;

/// <summary>Feeds an app with the events of the bindings that it wants, while it is up.</summary>
internal sealed partial class InputBindings(ILogger<InputBindings> logger) : IAppLifecycle
{
    public async Task RunWhileUp(SidecarApp app, CancellationToken down)
    {
        var bindings = app.Components.All.Where(component => component.Component is IInputBinding).ToArray();
        if (bindings.Length == 0)
            return;
        var wanted = await Wanted(app, bindings, down);
        if (wanted.Count > 0)
            Log.Reading(logger, app.Id, string.Join(", ", wanted.Select(component => component.Spec.Name)));
        await Task.WhenAll(wanted.Select(component => Read(app, component, down)));
    }

    private async Task Read(SidecarApp app, AppComponent component, CancellationToken down)
    {
        var policy = app.Resiliency.Inbound(ComponentKind.Binding, component.Spec.Name);
        await ((IInputBinding)component.Component).Read(app.Id, async (received, _) =>
        {
            var started = Stopwatch.GetTimestamp();
            var delivered = false;
            try
            {
                await policy.Run(token => BindingDelivery.Deliver(app, component.Spec, received, token), down);
                delivered = true;
            }
            catch (Exception error) when (!down.IsCancellationRequested)
            {
                Log.NotDelivered(logger, component.Spec.Name, app.Id, error.Message);
            }

            app.Metrics.Received(component.Spec.Name, delivered, Stopwatch.GetElapsedTime(started));
        }, down);
    }

    private static async Task<IReadOnlyList<AppComponent>> Wanted(SidecarApp app, AppComponent[] bindings, CancellationToken down)
    {
        var open = bindings.Where(binding => BindingDirection.IsOpen(binding.Spec)).ToArray();
        var asked = open.Length == 0 ? []
            : app.Channel!.Protocol == AppProtocol.Grpc ? await AskGrpc(app.Channel, open, down)
            : await AskHttp(app, open, down);
        return [.. bindings.Where(binding => BindingDirection.IsInput(binding.Spec)), .. asked];
    }

    private static async Task<IEnumerable<AppComponent>> AskGrpc(AppChannel channel, AppComponent[] bindings, CancellationToken down)
    {
        try
        {
            var names = (await channel.InputBindings(down)).Bindings;
            return bindings.Where(binding => names.Contains(binding.Spec.Name));
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.Unimplemented)
        {
            return [];
        }
    }

    private static async Task<IEnumerable<AppComponent>> AskHttp(SidecarApp app, AppComponent[] bindings, CancellationToken down)
    {
        var wanted = new List<AppComponent>();
        foreach (var binding in bindings)
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(down);
            limit.CancelAfter(app.Options.BindingOptionsTimeout);
            using var request = app.Channel!.Request(HttpMethod.Options, BindingDelivery.Route(binding.Spec));
            using var response = await app.Channel.Client.SendAsync(request, limit.Token);
            if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.MethodNotAllowed)
                wanted.Add(binding);
        }

        return wanted;
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "App {App} reads the bindings {Bindings}")]
        public static partial void Reading(ILogger logger, string app, string bindings);

        [LoggerMessage(LogLevel.Warning, "An event of binding {Binding} did not reach app {App}: {Reason}")]
        public static partial void NotDelivered(ILogger logger, string binding, string app, string reason);
    }
}
