using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using Platform.LocalHost.Running;
using Platform.LocalHost.Waiting;

namespace Platform.LocalHost.External;

/// <summary>A path of an external service that answers with a status when it is well.</summary>
internal sealed record ExternalHealthCheck(string Path, int StatusCode) : IResourceAnnotation;

/// <summary>Watches a service that runs elsewhere; without a check it counts as well.</summary>
internal sealed class ExternalServiceRunner(RunContext context, ExternalServiceResource resource) : Runner(context, resource, "External service")
{
    protected override int? ProcessId => null;

    protected override bool OwnsPorts => false;

    protected override Task StartCoreAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task StopCoreAsync() => Task.CompletedTask;

    protected override async Task<string?> CheckAsync(CancellationToken cancellationToken) =>
        resource.Annotations.OfType<ExternalHealthCheck>().FirstOrDefault() is { } check
            ? await new HttpProbe(new Uri(resource.Address, check.Path), http2: false, check.StatusCode).CheckAsync(cancellationToken)
            : null;
}
