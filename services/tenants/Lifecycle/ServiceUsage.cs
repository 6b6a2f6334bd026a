using Grpc.Core;
using Platform.Invocation;
using Platform.Tenancy.Quotas;

namespace Platform.Tenants.Lifecycle;

/// <summary>What the company has in the other services, each asked with the caller's own token.</summary>
internal sealed class ServiceUsage(IServiceProvider services)
{
    /// <summary>The services that have rows of companies.</summary>
    public static readonly IReadOnlyList<string> All = [DaprNames.Contacts, DaprNames.Deals, DaprNames.Finance, DaprNames.Communications, DaprNames.Automation, DaprNames.Metadata, DaprNames.Records, DaprNames.Pipelines, DaprNames.Inventory, DaprNames.Search];

    /// <summary>Adds it to what is known here, with the limits.</summary>
    public async Task<V1.Usage> AddAsync(V1.Usage usage, V1.Limits limits, CancellationToken cancellationToken)
    {
        foreach (var (service, answer) in await Task.WhenAll(All.Select(service => AskAsync(service, cancellationToken))))
        {
            if (answer is null)
                usage.UnavailableModules.Add(service);
            foreach (var resource in answer?.Resources ?? [])
                usage.Resources.Add(new V1.ResourceUsage(resource) { Limit = limits.Resources.GetValueOrDefault(resource.Resource) });
        }

        AddTogether(usage, CompanyLimits.Rows, "", limits);
        AddTogether(usage, CompanyLimits.Storage, ".storage", limits);
        return usage;
    }

    // What the services that hold companies to limits have together.
    private static void AddTogether(V1.Usage usage, string resource, string suffix, V1.Limits limits)
    {
        var parts = usage.Resources.Where(part => CompanyLimits.Services.Any(service => part.Resource == service + suffix)).ToList();
        if (parts.Count > 0)
            usage.Resources.Add(new V1.ResourceUsage { Resource = resource, Used = parts.Sum(part => part.Used), Limit = limits.Resources.GetValueOrDefault(resource) });
    }

    // One that is away hides nothing of the others.
    private async Task<(string Service, V1.Usage? Usage)> AskAsync(string service, CancellationToken cancellationToken)
    {
        try
        {
            var client = services.GetRequiredKeyedService<V1.UsageService.UsageServiceClient>(service);
            return (service, await client.ReadUsageAsync(new V1.ReadUsageRequest(), cancellationToken: cancellationToken));
        }
        catch (RpcException exception) when (exception.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.PermissionDenied)
        {
            return (service, null);
        }
    }
}
