using FluentValidation;
using Platform.Access.ExternalApps;
using Platform.Invocation;

namespace Platform.Tenants.ExternalApps;

internal static class ExternalAppsSetup
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    public static IServiceCollection AddExternalApps(this IServiceCollection services)
    {
        services.AddHttpClient(nameof(IdentityAdmin), http => http.Timeout = Timeout);
        return services
            .AddSingleton<IValidator<V1.CreateExternalAppRequest>, CreateExternalApp.Validator>()
            .AddSingleton<IValidator<V1.UpdateExternalAppRequest>, UpdateExternalApp.Validator>()
            .AddSingleton(provider => new ApplicationsAccount(new ServiceAccount(
                ClientOf(provider, nameof(ServiceAccount)), provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<TimeProvider>(), "Applications")))
            .AddSingleton(provider => new IdentityAdmin(
                ClientOf(provider, nameof(IdentityAdmin)), provider.GetRequiredService<ApplicationsAccount>(), provider.GetRequiredService<IConfiguration>()))
            .AddSingleton<IdentityClients>()
            .AddScoped<IExternalAppSource, LocalExternalAppSource>();
    }

    private static HttpClient ClientOf(IServiceProvider provider, string name) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(name);
}
