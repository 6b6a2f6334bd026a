using Aspire.Hosting.ApplicationModel;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Platform.LocalHost.Running;

namespace Platform.LocalHost.Waiting;

/// <summary>A check that the AppHost has registered under a key.</summary>
internal sealed record NamedHealthCheck(string Key) : IResourceAnnotation
{
    /// <summary>Null when the check is content, else what it says.</summary>
    /// <exception cref="StackException">There is no such check.</exception>
    public async Task<string?> CheckAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        if (services.GetService<IOptions<HealthCheckServiceOptions>>()?.Value.Registrations.Any(check => check.Name == Key) is not true)
            throw new StackException($"There is no health check '{Key}'. Add it: builder.Services.AddHealthChecks().AddCheck(\"{Key}\", …)");
        var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync(check => check.Name == Key, cancellationToken);
        var entry = report.Entries[Key];
        return entry.Status is HealthStatus.Healthy ? null : entry.Description ?? entry.Exception?.Message ?? $"{Key} says {entry.Status}";
    }
}
