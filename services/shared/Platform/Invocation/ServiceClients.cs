using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tenancy;

namespace Platform.Invocation;

/// <summary>Registers the clients of other services.</summary>
public static class ServiceClients
{
    /// <summary>
    /// Adds a gRPC client of another service, reached through the sidecar. Calls carry the caller's token unchanged; work on
    /// events and workflows uses the service account's token and names the tenant. Every call has a deadline.
    /// </summary>
    /// <param name="services">The service collection.</param>
    /// <param name="appId">Dapr app id of the other service.</param>
    /// <param name="create"><c>invoker => new CompaniesService.CompaniesServiceClient(invoker)</c></param>
    public static IServiceCollection AddServiceClient<TClient>(this IServiceCollection services, string appId, Func<CallInvoker, TClient> create)
        where TClient : ClientBase<TClient> => services.AddScoped(provider => create(
            provider.GetRequiredService<SidecarChannel>().Invoker.Intercept(
                new OutgoingCallInterceptor(appId, provider.GetRequiredService<Caller>(), provider.GetRequiredService<ServiceAccount>()))));

    /// <summary>Adds a gRPC client of a service that several apps have; the key is the app id.</summary>
    /// <param name="services">The service collection.</param>
    /// <param name="appIds">Dapr app ids.</param>
    /// <param name="create">As above.</param>
    public static IServiceCollection AddServiceClients<TClient>(this IServiceCollection services, IEnumerable<string> appIds, Func<CallInvoker, TClient> create)
        where TClient : ClientBase<TClient>
    {
        foreach (var appId in appIds)
        {
            services.AddKeyedScoped(appId, (provider, _) => create(provider.GetRequiredService<SidecarChannel>().Invoker.Intercept(
                new OutgoingCallInterceptor(appId, provider.GetRequiredService<Caller>(), provider.GetRequiredService<ServiceAccount>()))));
        }

        return services;
    }
}
