using Platform.Invocation;

namespace Platform.Gateway.Limits;

/// <summary>Registers what holds companies to their requests.</summary>
internal static class TenantLimitSetup
{
    private const string Client = "limits-sidecar";

    public static void AddTenantLimits(this IServiceCollection services, SidecarAddress address)
    {
        services.AddSidecarClient(Client, address, TimeSpan.FromSeconds(5));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SharedBuckets>(provider, Of(provider)));
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<TenantPlans>(provider, Of(provider)));
        services.AddSingleton<TenantLimiter>();
    }

    private static HttpClient Of(IServiceProvider provider) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(Client);
}
