using Dapr.Workflow;
using FluentValidation;
using Platform.Automation.Identity;
using Platform.Invocation;
using Platform.Tenants.V1;

namespace Platform.Automation.Signups;

internal static class SignupSetup
{
    public static IServiceCollection AddSignups(this IServiceCollection services)
    {
        services.AddHttpClient(nameof(StorageProbe));
        services.AddHttpClient(nameof(KeycloakAdmin));
        return services
            .AddSingleton<IValidator<V1.CreateSignupRequest>, CreateSignup.Validator>()
            .AddSingleton<SignupStarter>()
            .AddSingleton(provider => SidecarAddress.From(provider.GetRequiredService<IConfiguration>()))
            .AddSingleton(provider => new StorageProbe(ClientOf<StorageProbe>(provider), provider.GetRequiredService<SidecarAddress>(), provider.GetRequiredService<ServiceAccount>()))
            .AddSingleton(provider => new ProvisioningAccount(
                new ServiceAccount(ClientOf<ServiceAccount>(provider), provider.GetRequiredService<IConfiguration>(), provider.GetRequiredService<TimeProvider>(), "Provisioning")))
            .AddSingleton(provider => new KeycloakAdmin(ClientOf<KeycloakAdmin>(provider), provider.GetRequiredService<ProvisioningAccount>(), provider.GetRequiredService<IConfiguration>()))
            .AddServiceClient(DaprNames.Tenants, invoker => new TenantLifecycleService.TenantLifecycleServiceClient(invoker));
    }

    public static void RegisterSignups(this WorkflowRuntimeOptions options)
    {
        options.RegisterWorkflow<SignupWorkflow>();
        options.RegisterActivity<CreateOrganizationActivity>();
        options.RegisterActivity<CreateAdministratorActivity>();
        options.RegisterActivity<JoinOrganizationActivity>();
        options.RegisterActivity<CreateTenantActivity>();
        options.RegisterActivity<CheckStorageActivity>();
        options.RegisterActivity<LoadDemoDataActivity>();
        options.RegisterActivity<SendWelcomeActivity>();
        options.RegisterActivity<RemoveTenantActivity>();
        options.RegisterActivity<RemoveAdministratorActivity>();
        options.RegisterActivity<RemoveOrganizationActivity>();
        options.RegisterActivity<EndSignupActivity>();
    }

    private static HttpClient ClientOf<T>(IServiceProvider provider) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(typeof(T).Name);
}
