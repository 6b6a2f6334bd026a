using Platform.Sidecar.Errors;
using Platform.Sidecar.Hosting;
using Platform.Sidecar.Observability;
using Platform.Sidecar.Resiliency;

namespace Platform.Sidecar.Bindings;

/// <summary>What the bindings API does, for both protocols.</summary>
internal static class OutputBindings
{
    public static async Task<BindingResponse> Invoke(
        SidecarApp app, string name, string operation, ReadOnlyMemory<byte> data, IReadOnlyDictionary<string, string> metadata,
        CancellationToken cancellationToken)
    {
        if (operation.Length == 0)
            throw BindingErrors.Failed(name, "operation field is missing from request").AsException();
        if (app.Components.Entry<IOutputBinding>(name) is not { } component || !BindingDirection.IsOutput(component.Spec))
            throw BindingErrors.Failed(name, $"couldn't find output binding {name}").AsException();
        var binding = (IOutputBinding)component.Component;
        if (!binding.Operations.Contains(operation))
        {
            var operations = string.Join(' ', binding.Operations);
            throw BindingErrors.Failed(name, $"binding {name} does not support operation {operation}. supported operations:{operations}").AsException();
        }

        try
        {
            var request = new BindingRequest(app.Id, operation, data, metadata);
            return await app.Metrics.Measure(Metric.OutputBindings, Metric.OutputBindingLatency, name, operation, () =>
                app.Resiliency.Outbound(ComponentKind.Binding, name).Run(token => binding.Invoke(request, token), cancellationToken));
        }
        catch (Exception error) when (error is not DaprException && !cancellationToken.IsCancellationRequested)
        {
            throw BindingErrors.Failed(name, error.Message).AsException(error);
        }
    }
}
